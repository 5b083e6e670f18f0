import type { KnownBlock, MessageMetadata } from '@slack/types'
import { mrkdwn, type Shown, together } from './mrkdwn.ts'
import { blockShown } from './shown.ts'

export interface FileState {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly content: Buffer
  /** What a screen reader says of it. */
  readonly alt?: string | undefined
}

/** What the one who writes decides. */
export interface Saying {
  text: string
  blocks: KnownBlock[]
  metadata: MessageMetadata | undefined
}

interface Made {
  readonly team: string
  readonly channel: string
  readonly ts: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  readonly user: string
  readonly bot: { readonly botId: string; readonly appId: string } | undefined
  readonly thread: string | undefined
  /** The one who sees it, if it is for one alone. */
  readonly only: string | undefined
  readonly files: readonly FileState[]
}

/** One message as it stands. `text` is what stands beside blocks or alone; `shown` is what people see. */
export class Message {
  readonly team: string
  readonly channel: string
  readonly ts: string
  readonly at: number
  readonly user: string
  readonly bot: Made['bot']
  readonly thread: string | undefined
  readonly only: string | undefined
  readonly files: readonly FileState[]
  text: string
  blocks: KnownBlock[]
  metadata: MessageMetadata | undefined
  edits = 0
  editedTs: string | undefined
  pinned = false
  gone = false

  constructor(made: Made, saying: Saying) {
    this.team = made.team
    this.channel = made.channel
    this.ts = made.ts
    this.at = made.at
    this.user = made.user
    this.bot = made.bot
    this.thread = made.thread
    this.only = made.only
    this.files = made.files
    this.text = saying.text
    this.blocks = saying.blocks
    this.metadata = saying.metadata
  }

  get byBot(): boolean {
    return this.bot !== undefined
  }

  get ephemeral(): boolean {
    return this.only !== undefined
  }

  /** What people see. The text beside blocks goes into notifications only, but it pings all the same. */
  get shown(): Shown {
    const beside = mrkdwn(this.text, { findsUrls: this.blocks.length === 0 })
    if (this.blocks.length === 0) return beside
    const blocks = together(this.blocks.map(blockShown))
    return { ...blocks, pings: [...new Set([...blocks.pings, ...beside.pings])] }
  }

  /** Labels of buttons, a list for each block that has some. */
  get labels(): string[][] {
    return this.blocks
      .map(block => elementsOf(block).flatMap(element => ('text' in element ? [labelOf(element)] : [])))
      .filter(row => row.length > 0)
  }

  /** The message as it stands in payloads and answers. */
  get raw(): { type: 'message'; ts: string; text: string; user: string; [key: string]: unknown } {
    const { ts, text, user, bot, team, thread, blocks, metadata } = this
    return {
      type: 'message',
      user,
      ts,
      text,
      team,
      ...(bot && { bot_id: bot.botId, app_id: bot.appId }),
      ...(thread && { thread_ts: thread }),
      ...(blocks.length > 0 && { blocks }),
      ...(metadata && { metadata }),
      ...(this.editedTs && { edited: { user, ts: this.editedTs } }),
      ...(this.files.length > 0 && { files: this.files.map(({ id, name, title }) => ({ id, name, title })) }),
    }
  }

  toJSON(): object {
    const { channel, ts, at, user, byBot, text, blocks, thread, only, edits, pinned, gone, labels, metadata } = this
    const files = this.files.map(({ name, title, content }) => ({ name, title, length: content.length }))
    return {
      channel,
      ts,
      at,
      user,
      byBot,
      text,
      shown: this.shown.text,
      blocks,
      thread,
      only,
      edits,
      pinned,
      gone,
      labels,
      metadata,
      files,
    }
  }
}

export interface Element {
  readonly type: string
  readonly action_id?: string
  readonly [key: string]: unknown
}

/** The things to press or fill in that a block holds. */
export function elementsOf(block: KnownBlock): Element[] {
  const found: unknown[] =
    block.type === 'actions' || block.type === 'context_actions'
      ? block.elements
      : block.type === 'section'
        ? [block.accessory]
        : block.type === 'input'
          ? [block.element]
          : []
  return found.filter((one): one is Element => typeof one === 'object' && one !== null && 'type' in one && one.type !== 'image')
}

/** As a screen reader says it. */
const labelOf = (element: Element): string =>
  typeof element['accessibility_label'] === 'string'
    ? element['accessibility_label']
    : ((element['text'] as { text: string } | undefined)?.text ?? '')
