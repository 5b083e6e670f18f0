/**
 * What the bot says, as plain data that no platform owns. Every string is data: encoders never read markup in it.
 * A view is JSON: it may wait in a row until it is sent.
 */
export interface View {
  readonly blocks: readonly Block[]
  /** Rows of buttons below the blocks, in reading order. */
  readonly buttons: readonly (readonly Button[])[]
  /** The view in one line of at most 190 characters: a toast, a notification, what a screen reader says first. */
  readonly brief: string
  /** Must stay one message (a poll, a card): `fit` throws instead of splitting it. */
  readonly whole?: boolean
  /** BCP 47 tag of the words, for screen readers. */
  readonly lang: string
}

export type Block =
  /** `struck`: words that no longer hold. */
  | { readonly kind: 'title' | 'text' | 'quiet' | 'quote' | 'struck'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly numbered?: boolean }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly name: string; readonly value: string }[] }
  /** A tally. `count` is what is written; `share` (0 to 1) is only how long a bar is drawn, where one is drawn. */
  | { readonly kind: 'bars'; readonly rows: readonly Bar[] }
  | WhenBlock
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** A file sent with the message. `text` is its content (UTF-8). */
  | { readonly kind: 'file'; readonly name: string; readonly mime: string; readonly text: string; readonly about: string }
  | PictureBlock
  | EventBlock

/**
 * A moment (ISO), said once. `text` is complete in the space's zone, with its `name` before it ('' for none). `clock`: the day and hour that stand in it, with
 * the zone in brackets behind them: in place of both a platform that can draws each reader's own time (`momentIn`).
 */
export interface WhenBlock {
  readonly kind: 'when'
  readonly name: string
  readonly at: string
  readonly text: string
  readonly clock: string
}

/** A picture; at most one a view. `id`: of a row in the store, never an address. `about`: what it shows, in words, for who does not see it; never empty. */
export interface PictureBlock {
  readonly kind: 'picture'
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly about: string
}

/**
 * A date in the calendar of the app that a chat belongs to (`can.events`), alone in its view; sent to several chats of one calendar it stands there once.
 * `id`: of the thing that it mirrors, in token grammar. What is too long for a calendar is cut there: the whole words stand elsewhere.
 */
export interface EventBlock {
  readonly kind: 'event'
  readonly id: string
  readonly name: string
  readonly about: string
  readonly link?: string
  /** ISO instants. */
  readonly startsAt: string
  readonly endsAt: string
  readonly place: string
}

export interface Bar {
  readonly label: string
  /** '' where there is no figure: then the row is its words. */
  readonly count: string
  readonly share: number
  /** Of the button that chooses it: a platform that can puts that one beside it. */
  readonly token?: string
}

export type Button =
  | {
      readonly label: string
      /** `feature_action_arg…` of `A-Za-z0-9_-`, at most 64 bytes. Grants nothing by itself: checked against the store at every press. */
      readonly token: string
      readonly look?: 'main' | 'danger'
      /** Drawn as the present choice (and said so in the label by the flow). */
      readonly chosen?: boolean
      /** What it says where it stands beside the words that its label says too. */
      readonly beside?: string
    }
  | { readonly label: string; readonly url: string }

/** Things to fill in. `fit` and the app cut it into the steps that a platform can show. */
export interface Form {
  /** The same grammar as a button's token: says which feature receives it. */
  readonly token: string
  readonly title: string
  readonly intro?: string
  readonly submit: string
  readonly fields: readonly Field[]
  readonly lang: string
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Of a `when`: the hint under a picker, in place of `hint`. */
  readonly pick?: string
  /** Of a `when`: what a picker stands on at first, an ISO instant. A picker submits such an instant too, or nothing. */
  readonly at?: string
  /**
   * `line`: one line; `lines`: several; `choice`: one of `choices`; `choices`: any of them; `when`: a time in plain words (a picker where there is one);
   * `picture`: one picture, which comes in as a file of that name. At most one field of a form.
   */
  readonly kind: 'line' | 'lines' | 'choice' | 'choices' | 'when' | 'picture'
  readonly required: boolean
  /** Of a `when`: lists to pick from in place of typing, where a platform has those and no picker. What is picked is sent as words, in this order. */
  readonly lists?: readonly PickList[]
  /** The most characters (UTF-16 units) for text. */
  readonly max?: number
  /** What stands in it at first. */
  readonly value?: string
  readonly choices?: readonly Choice[]
  /** Of words that came back: what they may have been meant for. Where fields are asked one by one, each is a button. */
  readonly meant?: readonly Choice[]
}

/** At most 25 choices. */
export interface PickList {
  readonly label: string
  readonly choices: readonly Choice[]
}

export interface Choice {
  readonly value: string
  readonly label: string
}
