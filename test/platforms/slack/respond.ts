import type { Body } from './body.ts'
import { fromJson, readMessage } from './content.ts'
import { changeMessage, post, removeMessage } from './posting.ts'
import { Refusal } from './refusal.ts'
import type { ResponseUrl, WorkspaceState, World } from './world.ts'

const mostUses = 5
const goodForMs = 30 * 60_000
const known: ReadonlySet<string> = new Set([
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'metadata',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
])

/** Does what a bot sends to a response address: a message for the one person or for all, or another one in place of what was pressed. */
export function answerResponseUrl(world: World, workspace: WorkspaceState, about: ResponseUrl | undefined, body: Body): true | Refusal {
  const no = (error: string, status = 400): Refusal => new Refusal(error, {}, status)
  if (!about || world.now().getTime() - about.at > goodForMs) return no('expired_url', 404)
  if (about.used >= mostUses) return no('used_url', 404)
  const fields = body.isForm && typeof body.fields['payload'] === 'string' ? fromJson(body.fields['payload']) : body.fields
  if (typeof fields !== 'object' || fields === null) return no('invalid_payload')
  const given = fields as Record<string, unknown>
  const strange = world.strict ? Object.keys(given).find(field => !known.has(field)) : undefined
  if (strange !== undefined) return no(`this loop-back server does not do "${strange}" of response_url`)
  const channel = workspace.channels.get(about.channel)
  if (!channel || channel.deleted) return no('channel_not_found', 404)
  const { original, interaction } = about
  about.used += 1
  if (given['delete_original'] === true) {
    if (!original || original.gone) return no('message_not_found', 404)
    removeMessage(world, workspace, channel, original)
    interaction.see({ kind: 'deleted', text: '', message: original })
    return true
  }
  const saying = readMessage(world, given, 'answer')
  if (saying instanceof Refusal) return no(saying.error)
  if (given['replace_original'] === true && original && !original.gone) {
    changeMessage(world, original, saying)
    interaction.see({ kind: 'replaced', text: original.shown.text, message: original })
    return true
  }
  const thread = given['thread_ts'] === undefined ? undefined : String(given['thread_ts'])
  const only = given['response_type'] === 'in_channel' ? undefined : about.user
  const message = post(world, workspace, channel, { user: workspace.bot.userId, byBot: true, saying, only, thread })
  interaction.see({ kind: 'said', text: message.shown.text, message })
  return true
}
