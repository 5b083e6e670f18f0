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
  const airy = write(view, marked, gap)
  const text =
    airy.length <= longest.text
      ? airy
      : write(
          view,
          block => bare(block, swapped),
          () => '\n',
        )
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
        { type: ComponentType.TextDisplay, content: text.trim() === '' ? escaped(view.brief) || '…' : text },
        ...(picture ? [gallery(picture)] : []),
        ...names.map(name => ({ type: ComponentType.File as const, file: { url: `attachment://${name}` } })),
        ...rows(view.buttons),
      ],
      allowed_mentions: { parse: [], replied_user: false },
      ...((!picture || bytes) && { attachments: files.map(({ about }, i) => ({ id: String(i), description: alt(about) })) }),
    },
    files: files.map(({ name, data, mime }) => ({ name, data, contentType: mime })),
  }
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
  block.kind === 'link' ? `${harmless(block.label)}: ${block.url}` : harmless(plainBlock(block))

/** A block with the marks that Discord draws. Bars stay lines of words: a screen reader would read every character of a drawn one. */
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
      return block.items.map((item, i) => `${block.numbered ? `${i + 1}. ` : '- '}${escaped(item).replaceAll('\n', '\n  ')}`).join('\n')
    case 'facts':
      return block.rows.map(({ name, value }) => `${bold(`${name}:`)} ${escaped(value)}`).join('\n')
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
function rows(shown: View['buttons']): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const seen = new Map<string, number>()
  const unique = (token: string): string => {
    const times = (seen.get(token) ?? 0) + 1
    seen.set(token, times)
    return times === 1 ? token : `${token}~${times}`
  }
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
