import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Saying } from './message.ts'
import { type Refusal, wrong } from './refusal.ts'
import type { KeptFile, WorkspaceState, World } from './world.ts'

/** A file as Slack tells of it. */
export function fileShown({ root }: World, { team }: WorkspaceState, file: KeptFile): object {
  const path = `${root}/files-pri/${team.id}-${file.id}/download/${encodeURIComponent(file.name)}`
  const mimetype = isKnown(file) ? (kindOf(file) ?? 'application/octet-stream') : ''
  return { id: file.id, name: file.name, title: file.title, mimetype, size: file.content.length, url_private_download: path }
}

/** What somebody has sent is known at once; what an app sent is, once it was asked after twice. */
const isKnown = ({ complete, looks }: KeptFile): boolean => complete && looks > 1

/** The pictures that blocks may show: no WebP among them. */
function kindOf({ content }: KeptFile): string | undefined {
  const head = content.subarray(0, 4).toString('hex')
  return head.startsWith('ffd8ff') ? 'image/jpeg' : head === '89504e47' ? 'image/png' : head === '47494638' ? 'image/gif' : undefined
}

/** The files that its blocks show must be there, and pictures that Slack has looked at. */
export function checkPictures(world: World, workspace: WorkspaceState, { blocks }: Saying): Refusal | undefined {
  if (!world.strict) return undefined
  const bad = blocks.findIndex(block => {
    if (block.type !== 'image' || !('slack_file' in block) || !block.slack_file || !('id' in block.slack_file)) return false
    const file = workspace.files.get(block.slack_file.id)
    return !file || !isKnown(file) || kindOf(file) === undefined
  })
  return bad < 0 ? undefined : wrong('invalid_blocks', [`invalid slack file [json-pointer:/blocks/${bad}/slack_file]`])
}

/** GET /files-pri/<team>-<file>/download/<name>: for a bot token with the scope; others are sent to the login. */
export function answerDownload(world: World, request: IncomingMessage, response: ServerResponse): void {
  const [, team = '', id = ''] = /^\/files-pri\/(\w+)-(\w+)\//.exec(request.url ?? '') ?? []
  const workspace = world.workspaces.get(team)
  const file = workspace?.files.get(id)
  const mayRead = workspace?.scopes.has('files:read') && request.headers.authorization === `Bearer ${workspace.botToken}`
  if (!mayRead || !file) {
    response.writeHead(302, { location: `${world.root}/login` }).end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.content.length })
  response.end(file.content)
}
