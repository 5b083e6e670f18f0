import type { types, ViewOutput, ViewStateValue } from '@slack/bolt'
import type { KnownBlock } from '@slack/types'
import { initialValue } from './elements.ts'
import { elementsOf } from './message.ts'
import { type Shown, together } from './mrkdwn.ts'
import { withIds } from './posting.ts'
import { blockShown } from './shown.ts'
import type { WorkspaceState, World } from './world.ts'

type PlainText = types.PlainTextElement

/** A dialog or a home as the app gave it, checked before. */
export interface ViewContent {
  readonly type: 'modal' | 'home'
  readonly blocks: KnownBlock[]
  readonly title?: PlainText
  readonly close?: PlainText
  readonly submit?: PlainText
  readonly callback_id?: string
  readonly private_metadata?: string
  readonly external_id?: string
  readonly clear_on_close?: boolean
  readonly notify_on_close?: boolean
}

type State = Record<string, Record<string, ViewStateValue>>

/** A dialog or a home that somebody has before them. */
export class View {
  readonly id: string
  readonly workspace: WorkspaceState
  readonly user: string
  readonly root: string
  readonly previous: View | undefined
  content: ViewContent
  hash: string
  /** What is filled in, by block id and action id. */
  state: State = {}
  open = true
  /** By block id: what the app has said is wrong. */
  errors: Readonly<Record<string, string>> = {}
  updates = 0
  readonly #world: World

  constructor(world: World, workspace: WorkspaceState, user: string, content: ViewContent, previous?: View) {
    this.#world = world
    this.workspace = workspace
    this.user = user
    this.id = `V${workspace.nextId()}`
    this.previous = previous
    this.root = previous?.root ?? this.id
    this.content = content
    this.hash = ''
    this.show(content)
    this.updates = 0
  }

  /** Shows something else in its place. What was filled in stays where block and action keep their ids. */
  show(content: ViewContent): void {
    const blocks = withIds(this.#world, content.blocks)
    const before = this.state
    this.content = { ...content, blocks }
    this.hash = `${Math.floor(this.#world.now().getTime() / 1000)}.${this.#world.nextNumber()}`
    this.errors = {}
    this.updates += 1
    this.state = {}
    for (const block of blocks) {
      const id = block.block_id ?? ''
      for (const element of elementsOf(block)) {
        const value = initialValue(element)
        const kept = before[id]?.[element.action_id ?? '']
        if (value) this.fill(id, element.action_id ?? '', kept?.type === value.type ? kept : value)
      }
    }
  }

  fill(block: string, action: string, value: ViewStateValue): void {
    this.state[block] = { ...this.state[block], [action]: value }
  }

  get title(): string {
    return this.content.title?.text ?? ''
  }

  get callbackId(): string {
    return this.content.callback_id ?? ''
  }

  get privateMetadata(): string {
    return this.content.private_metadata ?? ''
  }

  get blocks(): readonly KnownBlock[] {
    return this.content.blocks
  }

  get shown(): Shown {
    return together(this.content.blocks.map(blockShown))
  }

  /** Labels of what can be filled in, by block id. */
  get fields(): Record<string, string> {
    return Object.fromEntries(this.blocks.flatMap(block => (block.type === 'input' ? [[block.block_id ?? '', block.label.text]] : [])))
  }

  /** Labels of buttons, a list for each block that has some. */
  get labels(): string[][] {
    const rows = this.blocks.map(block =>
      elementsOf(block).flatMap(element => (element.type === 'button' ? [String((element['text'] as PlainText).text)] : [])),
    )
    return rows.filter(row => row.length > 0)
  }

  get output(): ViewOutput {
    const { content, workspace } = this
    return {
      id: this.id,
      team_id: workspace.team.id,
      app_installed_team_id: workspace.team.id,
      app_id: workspace.bot.appId,
      bot_id: workspace.bot.botId,
      type: content.type,
      title: content.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
      close: content.close ?? null,
      submit: content.submit ?? null,
      blocks: [...content.blocks],
      private_metadata: this.privateMetadata,
      callback_id: this.callbackId,
      external_id: content.external_id ?? '',
      state: { values: structuredClone(this.state) },
      hash: this.hash,
      clear_on_close: content.clear_on_close ?? false,
      notify_on_close: content.notify_on_close ?? false,
      root_view_id: this.root,
      previous_view_id: this.previous?.id ?? null,
    }
  }

  toJSON(): object {
    return { ...this.output, user: this.user, open: this.open, errors: this.errors, shown: this.shown.text }
  }
}
