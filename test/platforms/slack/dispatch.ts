type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

/** Something that the app is to be told. */
export interface Dispatch {
  readonly type: EnvelopeType
  readonly payload: object
  /** Whether the acknowledgement may say something: commands and submitted dialogs. */
  readonly answers: boolean
  /** Called once, with what the acknowledgement says, if it comes in time. */
  readonly acked?: (payload: Record<string, unknown>) => void
  /** Called once, when time is up without one. */
  readonly late?: () => void
}
