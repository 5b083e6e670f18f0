import {
  type APIButtonComponent,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10'

/** A file as it came in. */
export interface Upload {
  readonly name: string
  readonly mime: string
  readonly content: Buffer
}

/** Whom a message would ring: nobody is `{ everyone: false, users: [], roles: [] }`. */
export interface Pings {
  readonly everyone: boolean
  readonly users: readonly string[]
  readonly roles: readonly string[]
}

interface About {
  readonly pings: Pings
  readonly files: readonly Upload[]
  /** Only this person sees it. */
  readonly onlyFor?: string | undefined
}

/** One message that stands in a channel now, or was whispered to one person. Edits change it in place. */
export class Posted {
  raw: APIMessage
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number
  readonly onlyFor: string | undefined
  pings: Pings
  files: readonly Upload[]
  edits = 0
  deleted = false

  constructor(raw: APIMessage, at: number, about: About) {
    this.raw = raw
    this.at = at
    this.onlyFor = about.onlyFor
    this.pings = about.pings
    this.files = about.files
  }

  get id(): string {
    return this.raw.id
  }

  get channel(): string {
    return this.raw.channel_id
  }

  get from(): string {
    return this.raw.author.id
  }

  get byBot(): boolean {
    return this.raw.author.bot === true
  }

  get pinned(): boolean {
    return this.raw.pinned
  }

  get ephemeral(): boolean {
    return ((this.raw.flags ?? 0) & MessageFlags.Ephemeral) !== 0
  }

  /** Only "… is thinking" so far. */
  get loading(): boolean {
    return ((this.raw.flags ?? 0) & MessageFlags.Loading) !== 0
  }

  /** All words that stand in it, in reading order: content, text displays, embeds (title, description, fields). */
  get text(): string {
    return [this.raw.content, ...textsOf(this.raw.components ?? []), ...this.raw.embeds.flatMap(wordsOfEmbed)].filter(Boolean).join('\n')
  }

  get buttons(): APIButtonComponent[] {
    return allOf(this.raw.components ?? []).filter(component => component.type === ComponentType.Button)
  }

  get selects(): APIStringSelectComponent[] {
    return allOf(this.raw.components ?? []).filter(component => component.type === ComponentType.StringSelect)
  }

  /** The labels of the buttons, row by row. */
  get labels(): string[][] {
    return rowsOf(this.raw.components ?? []).map(row => row.map(labelOf))
  }

  /** The button with this label or custom id, or none. */
  button(which: string | { customId: string }): APIButtonComponent | undefined {
    if (typeof which !== 'string') return this.buttons.find(button => 'custom_id' in button && button.custom_id === which.customId)
    return this.buttons.find(button => labelOf(button) === which)
  }
}

export function labelOf(button: APIButtonComponent): string {
  return button.style === ButtonStyle.Premium ? '' : (button.label ?? button.emoji?.name ?? '')
}

type AnyComponent = APIMessageTopLevelComponent | ReturnType<typeof childrenOf>[number]

function childrenOf(component: APIMessageTopLevelComponent) {
  if (component.type === ComponentType.Section) return [...component.components, component.accessory]
  if (component.type === ComponentType.Container || component.type === ComponentType.ActionRow) return component.components
  return []
}

/** Every component of a message, the nested ones too. */
export function allOf(components: readonly AnyComponent[]): AnyComponent[] {
  return components.flatMap(component => [component, ...allOf(childrenOf(component as APIMessageTopLevelComponent))])
}

function rowsOf(components: readonly AnyComponent[]): APIButtonComponent[][] {
  const holders = allOf(components).filter(one => one.type === ComponentType.ActionRow || one.type === ComponentType.Section)
  const rows = holders.map(one => childrenOf(one).filter(inner => inner.type === ComponentType.Button))
  return rows.filter(row => row.length > 0)
}

const textsOf = (components: readonly APIMessageTopLevelComponent[]): string[] =>
  allOf(components).flatMap(component => (component.type === ComponentType.TextDisplay ? [component.content] : []))

function wordsOfEmbed(embed: APIMessage['embeds'][number]): string[] {
  const fields = (embed.fields ?? []).flatMap(field => [field.name, field.value])
  return [embed.author?.name, embed.title, embed.description, ...fields, embed.footer?.text].filter(text => text !== undefined)
}
