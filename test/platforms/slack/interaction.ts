import type { Message } from './message.ts'
import type { View } from './view.ts'
import type { World } from './world.ts'

export type InteractionKind = 'command' | 'press' | 'shortcut' | 'submit' | 'close' | 'home'

/** Something that a person got to see because of what they did. */
export interface Answer {
  /**
   * 'said': a message, for them alone or for all; 'replaced' and 'deleted': the message that they pressed; 'opened', 'pushed', 'updated',
   * 'errors', 'closed', 'cleared': dialogs; 'published': their home; 'failed': Slack itself says that it did not work
   */
  readonly kind:
    | 'said'
    | 'replaced'
    | 'deleted'
    | 'opened'
    | 'pushed'
    | 'updated'
    | 'errors'
    | 'closed'
    | 'cleared'
    | 'published'
    | 'failed'
  /** What it says. */
  readonly text: string
  readonly message?: Message
  readonly view?: View
  /** By block id: what is wrong with what was filled in. */
  readonly errors?: Readonly<Record<string, string>>
}

/** One thing that a person did, until the bot has acknowledged and answered it and after. */
export class Interaction {
  readonly id: number
  readonly kind: InteractionKind
  /** A person's id. */
  readonly person: string
  readonly team: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  /** Real milliseconds from the deed to the acknowledgement. */
  ackedAfter: number | undefined
  /** Acknowledged in time; false when Slack told the person that it failed; undefined until then. */
  acked: boolean | undefined
  readonly answers: Answer[] = []
  readonly #world: World
  readonly #begun = performance.now()

  constructor(world: World, kind: InteractionKind, team: string, person: string) {
    this.#world = world
    this.id = world.nextNumber()
    this.kind = kind
    this.team = team
    this.person = person
    this.at = world.now().getTime()
  }

  /** Resolves with the first that the person sees; rejects where nothing ever comes. */
  get answer(): Promise<Answer> {
    return this.#soon(() => this.answers[0], 'an answer to')
  }

  /** Resolves once it is acknowledged: true, or false when that came too late. */
  get acknowledged(): Promise<boolean> {
    return this.#soon(() => (this.acked === undefined ? undefined : { acked: this.acked }), 'the acknowledgement of').then(
      found => found.acked,
    )
  }

  ack(inTime: boolean): void {
    this.acked = inTime
    this.ackedAfter = performance.now() - this.#begun
    this.#world.answeredCount += 1
  }

  see(answer: Answer): void {
    this.answers.push(answer)
    this.#world.changes.happened()
  }

  fail(error: string): void {
    this.see({ kind: 'failed', text: error })
  }

  toJSON(): object {
    const { id, kind, person, team, at, acked, ackedAfter, answers } = this
    return { id, kind, person, team, at, acked, ackedAfter, answers }
  }

  #soon<T>(look: () => T, what: string): Promise<NonNullable<T>> {
    return this.#world.changes.until(look, () => `${what} the ${this.kind} of ${this.person}`)
  }
}
