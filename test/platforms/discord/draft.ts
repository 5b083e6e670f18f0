import type {
  APIAllowedMentions,
  APIAttachment,
  APIEmbed,
  APIMessageTopLevelComponent,
  EmbedType,
  RESTAPIAttachment,
} from 'discord-api-types/v10'
import { allOf, type Upload } from './posted.ts'
import type { World } from './world.ts'

/** What a request says of a message. `null` takes a part away, undefined leaves it. */
export interface Draft {
  content?: string | null
  embeds?: APIEmbed[] | null
  components?: APIMessageTopLevelComponent[] | null
  flags?: number | null
  allowed_mentions?: APIAllowedMentions | null
  attachments?: RESTAPIAttachment[] | null
  message_reference?: { message_id: string; fail_if_not_exists?: boolean } | null
  nonce?: string | number | null
  enforce_nonce?: boolean | null
  sticker_ids?: string[] | null
  poll?: object | null
  tts?: boolean | null
}

/** A file with the number that `attachments` calls it by. */
export interface NumberedUpload extends Upload {
  readonly number: string
}

/** Without nulls: Discord leaves out what is not there. */
export function compact<T>(value: T): T {
  if (Array.isArray(value)) return value.map(item => compact<unknown>(item)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)
  return Object.fromEntries(entries.map(([key, inner]) => [key, compact<unknown>(inner)])) as T
}

/** Components as Discord gives them back: each with a number of its own. */
export function withNumbers(components: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  const copy = compact([...components])
  let last = 0
  for (const component of allOf(copy)) {
    last += 1
    component.id ??= last
  }
  return copy
}

export const asRich = (embeds: readonly APIEmbed[]): APIEmbed[] =>
  embeds.map(embed => ({ ...compact(embed), type: 'rich' as EmbedType.Rich }))

/** The name that Discord gives a file. */
export const fileName = (name: string): string => name.replaceAll(/[^\w.-]+/g, '_')

/** The attachments of a message from what came with the request; what stood there already is kept when it is named, or when none are. */
export function attach(
  world: World,
  channel: string,
  draft: Draft,
  files: readonly NumberedUpload[],
  standing: readonly APIAttachment[] = [],
): APIAttachment[] {
  const named = draft.attachments
  const kept = named === undefined ? standing : standing.filter(one => named?.some(other => String(other.id) === one.id))
  const added = files.map(file => {
    const about = named?.find(other => String(other.id) === file.number)
    const id = world.nextId()
    const filename = fileName(file.name)
    const path = `/attachments/${channel}/${id}/${encodeURIComponent(filename)}`
    world.files.set(id, file)
    return {
      id,
      filename,
      size: file.content.length,
      content_type: file.mime,
      url: `${world.root}${path}`,
      proxy_url: `${world.root}${path}`,
      ...(about?.description && { description: about.description }),
      ...('title' in (about ?? {}) && typeof about?.title === 'string' && { title: about.title }),
    } satisfies APIAttachment
  })
  return [...kept, ...added]
}
