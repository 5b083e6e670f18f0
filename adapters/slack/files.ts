import type { webApi } from '@slack/bolt'
import type { Workbench } from '../../src/platform/adapter.ts'
import { download } from '../../src/platform/download.ts'
import { RecentMap, RecentSet } from '../../src/platform/remember.ts'
import { pause, within } from '../../src/platform/waiting.ts'
import { fileNameOf, pictured } from '../../src/view/pictured.ts'
import { shorten } from '../../src/view/sanitize.ts'
import type { PictureBlock } from '../../src/view/view.ts'
import { longest } from './capabilities.ts'
import { NotYet } from './refusals.ts'

export interface Upload {
  readonly name: string
  readonly content: Uint8Array
  readonly title: string
  /** Of a picture: what it shows. */
  readonly about?: string
}

/** Where a file is to be seen at once; left out: only what shows it by its id. */
export type Where = { readonly channel_id: string; readonly thread_ts?: string }

const uploadMs = 10_000
/** Slack looks at a file for some moments before a message may show it. */
const looks = [250, 500, 1_000, 2_000, 4_000] as const
/** So long a message waits for its picture; then it comes later, and finds it. */
const patienceMs = 6_000
const most = 1_000

/** The three steps of a file, by ourselves: the library's `alt_text` is not what Slack calls it. Its id. Until the last step nobody sees anything. */
export async function upload(client: webApi.WebClient, { name, content, title, about }: Upload, where?: Where): Promise<string> {
  const alt_txt = about && shorten(about, longest.fileAlt)
  const asked = { filename: name, length: content.byteLength, ...(alt_txt && { alt_txt }) }
  const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal(asked)
  const sent = await fetch(upload_url, { method: 'POST', body: Buffer.from(content), signal: AbortSignal.timeout(uploadMs) }).catch(
    () => undefined,
  )
  if (!sent?.ok) throw new NotYet('A file could not be sent up.')
  const files: [{ id: string; title: string }] = [{ id: file_id, title }]
  await client.files.completeUploadExternal(where ? { files, ...where } : { files })
  return file_id
}

/** Slack's ids of pictures. Each is sent up once for a workspace, and again where that is not known any more; in memory only. */
export interface Pictures {
  /** Undefined: the picture is no more. Rejects with `NotYet` where it takes long. */
  idOf(picture: PictureBlock): Promise<string | undefined>
  /** Slack does not show it by that id. Whether it is worth another try. */
  forget(picture: PictureBlock): boolean
}

export function createPictures(client: webApi.WebClient, bench: Pick<Workbench, 'picture'>): Pictures {
  const known = new RecentMap<string, Promise<string | undefined>>(most)
  const refused = new RecentSet<string>(most)

  async function bring(picture: PictureBlock): Promise<string | undefined> {
    const { bytes: content } = await pictured({ blocks: [picture], buttons: [], brief: '', lang: '' }, id => bench.picture(id))
    if (!content) return undefined
    const id = await upload(client, { name: fileNameOf(picture), content, title: picture.name, about: picture.about })
    for (const ms of looks) {
      const found = await client.files.info({ file: id }).catch(() => undefined)
      if (found?.file?.mimetype) break
      await pause(ms)
    }
    return id
  }

  function start(picture: PictureBlock): Promise<string | undefined> {
    const bringing = bring(picture)
    known.set(picture.id, bringing)
    bringing.catch(() => known.delete(picture.id))
    return bringing
  }

  return {
    async idOf(picture) {
      const id = await within(patienceMs, known.get(picture.id) ?? start(picture), 'late')
      if (id === 'late') throw new NotYet('A picture is still on its way.')
      if (id === undefined) known.delete(picture.id)
      return id
    },
    forget({ id }) {
      known.delete(id)
      const isFirst = !refused.has(id)
      refused.add(id)
      return isFirst
    },
  }
}

/** Fetches a file that somebody sent. The token goes to Slack (or the gateway that is set) and nowhere else, whatever the file says of itself. */
export async function fetchFile(
  client: webApi.WebClient,
  { token, apiRoot }: Access,
  file: { readonly id: string; readonly url?: string | undefined },
): Promise<Uint8Array> {
  const url = file.url ?? (await client.files.info({ file: file.id }).catch(() => undefined))?.file?.url_private_download ?? ''
  if (!isSlacks(url, apiRoot)) throw new Error('A file is not at Slack.')
  return download(url, { authorization: `Bearer ${token}` })
}

export interface Access {
  readonly token: string
  readonly apiRoot: string
}

function isSlacks(address: string, apiRoot: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin } = new URL(address)
  return origin === new URL(apiRoot).origin || (protocol === 'https:' && /(?:^|\.)slack\.com$/.test(hostname))
}
