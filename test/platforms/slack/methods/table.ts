import type { FieldKind } from '../fields.ts'
import type { Tier } from '../rates.ts'
import type { WorkspaceState, World } from '../world.ts'
import { chatDelete, getPermalink, pinsAdd, pinsRemove, postEphemeral, postMessage, update } from './chat.ts'
import {
  conversationsHistory,
  conversationsInfo,
  conversationsList,
  conversationsMembers,
  conversationsOpen,
  usersConversations,
} from './conversations.ts'
import { completeUpload, filesInfo, getUploadUrl } from './files.ts'
import { authTest, botsInfo, openConnection, teamInfo, usersInfo } from './own.ts'
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from './views.ts'

/** Whose request it is. */
export interface Caller {
  readonly world: World
  readonly workspace: WorkspaceState
}

export interface Method {
  readonly tier: Tier
  readonly token: 'bot' | 'app'
  /** One of these must be there; none: no scope is needed. */
  readonly scopes: readonly string[]
  /** The fields that this server does; others are refused in strict mode rather than left undone in silence. */
  readonly fields: Readonly<Record<string, FieldKind>>
  readonly required?: readonly string[]
  readonly run: (caller: Caller, fields: never) => unknown
}

const said = { text: 'text', blocks: 'json', metadata: 'json', mrkdwn: 'yes or no', parse: 'text', link_names: 'yes or no' } as const
const unfurl = { unfurl_links: 'yes or no', unfurl_media: 'yes or no' } as const
const here = { channel: 'text', thread_ts: 'text' } as const
const paged = { cursor: 'text', limit: 'number' } as const
const readers = ['channels:read', 'groups:read', 'im:read', 'mpim:read'] as const
const historians = ['channels:history', 'groups:history', 'im:history', 'mpim:history'] as const
const writing = { token: 'bot', scopes: ['chat:write'] } as const
const view = { token: 'bot', scopes: [] } as const

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': { tier: 'free', token: 'bot', scopes: [], fields: {}, run: authTest },
  'apps.connections.open': { tier: 'tier1', token: 'app', scopes: [], fields: {}, run: openConnection },
  'bots.info': { tier: 'tier3', token: 'bot', scopes: ['users:read'], fields: { bot: 'text' }, run: botsInfo },
  'team.info': { tier: 'tier3', token: 'bot', scopes: ['team:read'], fields: { team: 'text' }, run: teamInfo },
  'users.info': {
    tier: 'tier4',
    token: 'bot',
    scopes: ['users:read'],
    fields: { user: 'text', include_locale: 'yes or no' },
    required: ['user'],
    run: usersInfo,
  },
  'users.conversations': {
    tier: 'tier3',
    token: 'bot',
    scopes: readers,
    fields: { ...paged, user: 'text', types: 'text', exclude_archived: 'yes or no' },
    run: usersConversations,
  },
  'chat.postMessage': {
    ...writing,
    tier: 'posting',
    fields: { ...here, ...said, ...unfurl, reply_broadcast: 'yes or no' },
    required: ['channel'],
    run: postMessage,
  },
  'chat.postEphemeral': {
    ...writing,
    tier: 'tier4',
    fields: { ...here, ...said, user: 'text' },
    required: ['channel', 'user'],
    run: postEphemeral,
  },
  'chat.update': { ...writing, tier: 'tier3', fields: { channel: 'text', ts: 'text', ...said }, required: ['channel', 'ts'], run: update },
  'chat.delete': { ...writing, tier: 'tier3', fields: { channel: 'text', ts: 'text' }, required: ['channel', 'ts'], run: chatDelete },
  'chat.getPermalink': {
    tier: 'free',
    token: 'bot',
    scopes: [],
    fields: { channel: 'text', message_ts: 'text' },
    required: ['channel', 'message_ts'],
    run: getPermalink,
  },
  'pins.add': {
    tier: 'tier2',
    token: 'bot',
    scopes: ['pins:write'],
    fields: { channel: 'text', timestamp: 'text' },
    required: ['channel', 'timestamp'],
    run: pinsAdd,
  },
  'pins.remove': {
    tier: 'tier2',
    token: 'bot',
    scopes: ['pins:write'],
    fields: { channel: 'text', timestamp: 'text' },
    required: ['channel', 'timestamp'],
    run: pinsRemove,
  },
  'conversations.info': {
    tier: 'tier3',
    token: 'bot',
    scopes: readers,
    fields: { channel: 'text', include_locale: 'yes or no', include_num_members: 'yes or no' },
    required: ['channel'],
    run: conversationsInfo,
  },
  'conversations.list': {
    tier: 'tier2',
    token: 'bot',
    scopes: readers,
    fields: { ...paged, types: 'text', exclude_archived: 'yes or no' },
    run: conversationsList,
  },
  'conversations.members': {
    tier: 'tier4',
    token: 'bot',
    scopes: readers,
    fields: { ...paged, channel: 'text' },
    required: ['channel'],
    run: conversationsMembers,
  },
  'conversations.history': {
    tier: 'tier3',
    token: 'bot',
    scopes: historians,
    fields: { ...paged, channel: 'text', oldest: 'text', latest: 'text', inclusive: 'yes or no', include_all_metadata: 'yes or no' },
    required: ['channel'],
    run: conversationsHistory,
  },
  'conversations.open': {
    tier: 'tier3',
    token: 'bot',
    scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
    fields: { users: 'text', channel: 'text', return_im: 'yes or no' },
    run: conversationsOpen,
  },
  'views.open': { ...view, tier: 'tier4', fields: { trigger_id: 'text', view: 'json' }, required: ['trigger_id', 'view'], run: viewsOpen },
  'views.push': { ...view, tier: 'tier4', fields: { trigger_id: 'text', view: 'json' }, required: ['trigger_id', 'view'], run: viewsPush },
  'views.update': {
    ...view,
    tier: 'tier4',
    fields: { view_id: 'text', external_id: 'text', hash: 'text', view: 'json' },
    required: ['view'],
    run: viewsUpdate,
  },
  'views.publish': {
    ...view,
    tier: 'tier4',
    fields: { user_id: 'text', hash: 'text', view: 'json' },
    required: ['user_id', 'view'],
    run: viewsPublish,
  },
  'files.getUploadURLExternal': {
    tier: 'tier4',
    token: 'bot',
    scopes: ['files:write'],
    fields: { filename: 'text', length: 'number', alt_txt: 'text', snippet_type: 'text' },
    required: ['filename', 'length'],
    run: getUploadUrl,
  },
  'files.info': {
    tier: 'tier4',
    token: 'bot',
    scopes: ['files:read'],
    fields: { file: 'text' },
    required: ['file'],
    run: filesInfo,
  },
  'files.completeUploadExternal': {
    tier: 'tier4',
    token: 'bot',
    scopes: ['files:write'],
    fields: { files: 'json', channel_id: 'text', initial_comment: 'text', thread_ts: 'text', blocks: 'json' },
    required: ['files'],
    run: completeUpload,
  },
}
