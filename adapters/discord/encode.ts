import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js'
import type { Workbench } from '../../src/platform/adapter.ts'
import { gap } from '../../src/platform/layout.ts'
import { barLine, besideRows } from '../../src/view/bar.ts'
import { beside, isolated } from '../../src/view/direction.ts'
import { momentIn, secondsOf } from '../../src/view/moment.ts'
import { fileNameOf, pictured, pictureIn } from '../../src/view/pictured.ts'
import { plainBlock } from '../../src/view/plain.ts'
import { shorten } from '../../src/view/sanitize.ts'
import type { Block, Button, PictureBlock, View, WhenBlock } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'
import { escaped, type Harmless, swapped } from './escape.ts'

/** A message as Discord takes it, new or as an edit: text displays and rows (Components V2), which may hold twice what `content` may. */
export interface Encoded {
  readonly body: {
    readonly flags: number
    readonly components: APIMessageTopLevelComponent[]
    /** Nothing ever pings. */
    readonly allowed_mentions: { readonly parse: []; readonly replied_user: false }
    /** Left out: those that the message has stay. */
    readonly attachments?: { readonly id: string; readonly description: string }[]
  }
  readonly files: RawFile[]
}

/**
 * A view as a Discord message. Where marks and backslashes would make it too long, it is written plainly. `bytes`: of its picture; without them the message
 * that is edited has it already.
 */
export function encode(view: View, isPrivate = false, bytes?: Uint8Array): Encoded {
  const texts = view.blocks.flatMap(block => (block.kind === 'file' ? [block] : []))
  const names = texts.map(({ name }, i) => `${i > 0 ? `${i + 1}-` : ''}${name.replaceAll(/[^\w.-]+/g, '_')}`)
  const picture = pictureIn(view)
  const files = [
    ...texts.map(({ text: content, mime, about }, i) => ({ name: names[i] ?? '', data: Buffer.from(content, 'utf8'), mime, about })),
    ...(picture && bytes ? [{ name: fileNameOf(picture), data: Buffer.from(bytes), mime: picture.mime, about: picture.about }] : []),
  ]
  return {
    body: {
      flags: MessageFlags.IsComponentsV2 | (isPrivate ? MessageFlags.Ephemeral : 0),
      components: [
        ...spoken(view, [
          ...(picture ? [gallery(picture)] : []),
          ...names.map(name => ({ type: ComponentType.File as const, file: { url: `attachment://${name}` } })),
        ]),
      ],
      allowed_mentions: { parse: [], replied_user: false },
      ...((!picture || bytes) && { attachments: files.map(({ about }, i) => ({ id: String(i), description: alt(about) })) }),
    },
    files: files.map(({ name, data, mime }) => ({ name, data, contentType: mime })),
  }
}

/** The words, what comes between, and the buttons: each beside the row of a tally that it chooses, as long as a message has room for that. */
function spoken(view: View, between: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  const { beside, below } = besideRows(view)
  const unique = uniquely()
  const sectioned = beside.size > 0 ? [...inSections(view, beside, unique), ...between, ...rows(below, unique)] : []
  if (sectioned.length > 0 && fits(sectioned)) return sectioned
  const airy = write(view, marked, gap)
  const text =
    airy.length <= longest.text
      ? airy
      : write(
          view,
          block => bare(block, swapped),
          () => '\n',
        )
  const content = text.trim() === '' ? escaped(view.brief) || '…' : text
  return [{ type: ComponentType.TextDisplay, content }, ...between, ...rows(view.buttons, uniquely())]
}

/** A view with the bytes of its picture, as they are kept. */
export async function draw(bench: Pick<Workbench, 'picture'>, wanted: View, isPrivate = false): Promise<Encoded> {
  const { view, bytes } = await pictured(wanted, id => bench.picture(id))
  return encode(view, isPrivate, bytes)
}

const alt = (about: string): string => shorten(about, longest.alt)

const gallery = (picture: PictureBlock) => ({
  type: ComponentType.MediaGallery as const,
  items: [{ media: { url: `attachment://${fileNameOf(picture)}` }, description: alt(picture.about) }],
})

/** What a picture shows is said by the picture itself. */
function write(view: View, words: (block: Block) => string, between: (before: Block, after: Block) => string): string {
  const spoken = view.blocks.filter(block => block.kind !== 'picture')
  return spoken.map((block, i) => `${i > 0 ? between(spoken[i - 1] ?? block, block) : ''}${words(block)}`).join('')
}

/** A block as words alone; only a link that is ours stays one. */
const bare = (block: Block, harmless: Harmless): string =>
  block.kind === 'link' ? `${harmless(isolated(block.label))}: ${block.url}` : harmless(plainBlock(block))

/** A block with the marks that Discord draws. */
function marked(block: Block): string {
  switch (block.kind) {
    case 'title':
      return lines('### ', block.text)
    case 'quiet':
      return lines('-# ', block.text)
    case 'quote':
      return lines('> ', block.text)
    case 'struck':
      return lines('~~', block.text, '~~')
    case 'file':
      return lines('-# ', block.about)
    case 'list':
      return block.items
        .map((item, i) => `${block.numbered ? `${i + 1}. ` : '- '}${escaped(isolated(item)).replaceAll('\n', '\n  ')}`)
        .join('\n')
    case 'facts':
      return block.rows.map(({ name, value }) => `${bold(`${beside(name, value)}:`)} ${escaped(beside(value, name))}`).join('\n')
    case 'bars':
      return escaped(block.rows.map(barLine).join('\n'))
    case 'when':
      return whenMarked(block)
    case 'link':
      return `[${escaped(block.label)}](<${block.url}>)`
    default:
      return bare(block, escaped)
  }
}

/** In each reader's own zone and language, and how far off it is. */
function whenMarked(block: WhenBlock): string {
  const { before, clock, after } = momentIn(block)
  const at = secondsOf(block)
  return clock === '' ? escaped(before) : `${escaped(before, true)}<t:${at}:F> (<t:${at}:R>)${escaped(after)}`
}

/** Such marks reach to the end of a line, or have an end of their own. */
const lines = (mark: string, text: string, end = ''): string =>
  text
    .split('\n')
    .map(line => (line.trim() === '' ? line : `${mark}${escaped(line, end !== '')}${end}`))
    .join('\n')

const bold = (text: string): string => (/^\s|\n/.test(text) ? escaped(text) : `**${escaped(text, true)}**`)

/** Two buttons of one message may not share an id: what stands behind `~` tells them apart, and `decode` takes it off. */
function uniquely(): Unique {
  const seen = new Map<string, number>()
  return token => {
    const times = (seen.get(token) ?? 0) + 1
    seen.set(token, times)
    return times === 1 ? token : `${token}~${times}`
  }
}

type Unique = (token: string) => string

/** The words in order; a row of a tally that has a button is a part of its own, with that beside it. */
function inSections(view: View, beside: ReadonlyMap<string, Button>, unique: Unique): APIMessageTopLevelComponent[] {
  const parts: APIMessageTopLevelComponent[] = []
  let words: Block[] = []
  const say = (): void => {
    const content = write({ ...view, blocks: words }, marked, gap)
    if (content.trim() !== '') parts.push({ type: ComponentType.TextDisplay, content })
    words = []
  }
  for (const block of view.blocks) {
    if (block.kind !== 'bars') {
      words.push(block)
      continue
    }
    for (const row of block.rows) {
      const button = row.token === undefined ? undefined : beside.get(row.token)
      if (!button) {
        words.push({ ...block, rows: [row] })
        continue
      }
      say()
      const components = [{ type: ComponentType.TextDisplay as const, content: escaped(barLine(row)) }]
      parts.push({ type: ComponentType.Section, components, accessory: encodeButton(button, unique) })
    }
  }
  say()
  return parts
}

/** All parts count, and all words together. */
function fits(parts: readonly APIMessageTopLevelComponent[]): boolean {
  const all = parts.flatMap((part): readonly { readonly type: ComponentType; readonly content?: string }[] => {
    if (part.type === ComponentType.Section) return [part, ...part.components, part.accessory]
    return part.type === ComponentType.ActionRow ? [part, ...part.components] : [part]
  })
  const words = all.reduce((sum, part) => sum + (part.content?.length ?? 0), 0)
  return all.length <= longest.components && words <= longest.text
}

function rows(shown: View['buttons'], unique: Unique): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  return shown
    .filter(row => row.length > 0)
    .map(row => ({ type: ComponentType.ActionRow, components: row.map(button => encodeButton(button, unique)) }))
}

const styles = { main: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

function encodeButton(button: Button, unique: (token: string) => string): APIButtonComponent {
  const label = button.label || '…'
  if ('url' in button) return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: button.url }
  const style = button.look ? styles[button.look] : button.chosen ? ButtonStyle.Success : ButtonStyle.Secondary
  return { type: ComponentType.Button, style, label, custom_id: unique(button.token) }
}
