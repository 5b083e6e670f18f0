/** How long an adapter waits for what, in milliseconds: its own numbers, unless a test says others. */
export interface Waits {
  /** Until an answer to whoever waits before a screen is put off. */
  readonly answerMs?: number | undefined
  /** Until a connection that was cut counts as lost. */
  readonly graceMs?: number | undefined
  /** For which an adapter whose platform keeps nothing tries again while the store is away. */
  readonly retryMs?: number | undefined
  /** For which a greeting is held that may come to be needless. */
  readonly holdMs?: number | undefined
}
