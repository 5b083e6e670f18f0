import { readMessage } from '../content.ts'
import { fileShown } from '../pictures.ts'
import { post, says } from '../posting.ts'
import { channelToPost, checkThread, isIn } from '../reach.ts'
import { no, Refusal, wrong } from '../refusal.ts'
import type { Caller } from './table.ts'

/** First of three steps: an address for the content. */
export function getUploadUrl(
  { world, workspace }: Caller,
  fields: { readonly filename: string; readonly length: number; readonly alt_txt?: string },
): object | Refusal {
  if (fields.length <= 0) return wrong('invalid_arguments', ['must be more than 0 [json-pointer:/length]'])
  const id = `F${workspace.nextId()}`
  const { filename: name, length, alt_txt: alt } = fields
  if ((alt ?? '').length > 1000) return wrong('invalid_arguments', ['must be less than 1001 characters [json-pointer:/alt_txt]'])
  workspace.files.set(id, { id, name, title: name, alt, content: Buffer.alloc(0), length, complete: false, looks: 0 })
  return { upload_url: `${world.root}/upload/${workspace.team.id}/${id}`, file_id: id }
}

/** A moment after the last step Slack does not know yet what a file is. */
export function filesInfo({ world, workspace }: Caller, { file: id }: { readonly file: string }): object | Refusal {
  const file = workspace.files.get(id)
  if (!file?.complete) return no('file_not_found')
  file.looks += 1
  return { file: fileShown(world, workspace, file) }
}

interface Complete {
  readonly files: unknown
  readonly channel_id?: string
  readonly initial_comment?: string
  readonly thread_ts?: string
  readonly blocks?: unknown
}

/** Last of three steps: the files stand in the channel. */
export function completeUpload({ world, workspace }: Caller, fields: Complete): object | Refusal {
  const listed = Array.isArray(fields.files) ? (fields.files as { id?: string; title?: string }[]) : []
  if (listed.length === 0) return wrong('invalid_arguments', ['no less than 1 items allowed [json-pointer:/files]'])
  const found = listed.flatMap(({ id = '', title }) => {
    const file = workspace.files.get(id)
    return file && file.content.length > 0 && !file.complete ? [{ ...file, title: title ?? file.title, complete: true }] : []
  })
  if (found.length < listed.length) return no('file_not_found')
  const files = found.map(({ id, name, title, content }) => ({ id, name, title, content }))
  const answer = { files: files.map(({ id, name, title, content }) => ({ id, name, title, size: content.length, shares: {} })) }
  const keep = (): void => {
    for (const file of found) workspace.files.set(file.id, file)
  }
  if (fields.channel_id === undefined) {
    keep()
    return answer
  }
  const channel = channelToPost(workspace, fields.channel_id)
  if (channel instanceof Refusal) return channel
  if (!isIn(workspace, channel)) return no('not_in_channel')
  const trouble = checkThread(channel, fields.thread_ts)
  if (trouble) return trouble
  const asked = fields.initial_comment !== undefined || fields.blocks !== undefined
  const saying = asked ? readMessage(world, { text: fields.initial_comment, blocks: fields.blocks }, 'post') : says('')
  if (saying instanceof Refusal) return saying
  keep()
  post(world, workspace, channel, { user: workspace.bot.userId, byBot: true, saying, thread: fields.thread_ts, files })
  return answer
}
