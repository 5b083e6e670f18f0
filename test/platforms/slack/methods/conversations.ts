import { historyScopes, readScope } from '../events.ts'
import { directChannel } from '../posting.ts'
import { findChannel, isIn } from '../reach.ts'
import { missingScope, no, Refusal } from '../refusal.ts'
import type { ChannelState, WorkspaceState } from '../world.ts'
import type { Caller } from './table.ts'

interface Paged {
  readonly cursor?: string
  readonly limit?: number
}

/** A channel as the API shows it. */
function shown(workspace: WorkspaceState, channel: ChannelState): object {
  const { id, name, kind, archived, user } = channel
  if (kind === 'im') return { id, is_im: true, user, is_user_deleted: workspace.users.get(user ?? '')?.deactivated ?? false, is_open: true }
  return {
    id,
    name,
    name_normalized: name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_private: kind === 'private',
    is_im: false,
    is_mpim: false,
    is_archived: archived,
    is_general: false,
    is_shared: false,
    is_member: isIn(workspace, channel),
    created: 1_700_000_000,
    context_team_id: workspace.team.id,
  }
}

/** A channel that may be read of: the scope depends on what it is. */
function readable(workspace: WorkspaceState, id: string, scopeOf: (channel: ChannelState) => string): ChannelState | Refusal {
  const channel = findChannel(workspace, id)
  if (channel instanceof Refusal) return channel
  const scope = scopeOf(channel)
  return workspace.scopes.has(scope) ? channel : missingScope([scope], workspace.scopes)
}

export function conversationsInfo(
  { workspace }: Caller,
  fields: { readonly channel: string; readonly include_num_members?: boolean },
): object | Refusal {
  const channel = readable(workspace, fields.channel, readScope)
  if (channel instanceof Refusal) return channel
  return { channel: { ...shown(workspace, channel), ...(fields.include_num_members && { num_members: channel.members.size }) } }
}

const kinds: Readonly<Record<string, string>> = { public: 'public_channel', private: 'private_channel', im: 'im' }

export function conversationsList(
  { workspace }: Caller,
  fields: Paged & { readonly types?: string; readonly exclude_archived?: boolean },
): object | Refusal {
  const types = (fields.types ?? 'public_channel').split(',').map(type => type.trim())
  const wanted = [...workspace.channels.values()].filter(channel => types.includes(kinds[channel.kind] ?? ''))
  const missing = [...new Set(wanted.map(readScope))].filter(scope => !workspace.scopes.has(scope))
  if (missing.length > 0) return missingScope(missing, workspace.scopes)
  const seen = wanted.filter(
    channel =>
      !channel.deleted && (channel.kind === 'public' || isIn(workspace, channel)) && !(fields.exclude_archived && channel.archived),
  )
  const { items, next_cursor } = page(seen, fields)
  return { channels: items.map(channel => shown(workspace, channel)), response_metadata: { next_cursor } }
}

/** Of the one asked for: public channels all, of the others those in which the bot is too. */
export function usersConversations(
  { workspace }: Caller,
  fields: Paged & { readonly user?: string; readonly types?: string; readonly exclude_archived?: boolean },
): object | Refusal {
  const types = (fields.types ?? 'public_channel').split(',').map(type => type.trim())
  const scopes = [
    ...new Set(types.map(type => ({ public_channel: 'channels:read', private_channel: 'groups:read' })[type] ?? `${type}:read`)),
  ]
  const missing = scopes.filter(scope => !workspace.scopes.has(scope))
  if (missing.length > 0) return missingScope(missing, workspace.scopes)
  if (fields.user !== undefined && !workspace.users.has(fields.user)) return no('user_not_found')
  const seen = [...workspace.channels.values()].filter(
    channel =>
      types.includes(kinds[channel.kind] ?? '') &&
      !channel.deleted &&
      !(fields.exclude_archived && channel.archived) &&
      (fields.user === undefined ? isIn(workspace, channel) : channel.members.has(fields.user)) &&
      (channel.kind === 'public' || isIn(workspace, channel)),
  )
  const { items, next_cursor } = page(seen, fields)
  return { channels: items.map(channel => shown(workspace, channel)), response_metadata: { next_cursor } }
}

export function conversationsMembers({ workspace }: Caller, fields: Paged & { readonly channel: string }): object | Refusal {
  const channel = readable(workspace, fields.channel, readScope)
  if (channel instanceof Refusal) return channel
  const { items, next_cursor } = page([...channel.members], fields)
  return { members: items, response_metadata: { next_cursor } }
}

export function conversationsHistory({ workspace }: Caller, fields: Paged & { readonly channel: string }): object | Refusal {
  const channel = readable(workspace, fields.channel, found => historyScopes[found.kind])
  if (channel instanceof Refusal) return channel
  if (!isIn(workspace, channel)) return no('not_in_channel')
  const { items, next_cursor } = page([...channel.messages.values()].reverse(), fields)
  return { messages: items.map(message => message.raw), has_more: next_cursor !== '', response_metadata: { next_cursor } }
}

function page<T>(all: readonly T[], { cursor, limit = 100 }: Paged): { items: readonly T[]; next_cursor: string } {
  const from = cursor ? Number(cursor) : 0
  const to = from + Math.max(1, limit)
  return { items: all.slice(from, to), next_cursor: to < all.length ? String(to) : '' }
}

export function conversationsOpen(
  { workspace }: Caller,
  fields: { readonly users?: string; readonly channel?: string; readonly return_im?: boolean },
): object | Refusal {
  if (fields.channel !== undefined) {
    const found = findChannel(workspace, fields.channel)
    return found instanceof Refusal ? found : { no_op: true, already_open: true, channel: { id: found.id } }
  }
  const users = (fields.users ?? '').split(',').filter(id => id !== '')
  if (users.length === 0) return no('users_list_not_supplied')
  if (users.length > 1) return missingScope(['mpim:write'], workspace.scopes)
  if (!workspace.scopes.has('im:write')) return missingScope(['im:write'], workspace.scopes)
  const user = workspace.users.get(users[0] ?? '')
  if (!user) return no('user_not_found')
  if (user.bot) return no('cannot_dm_bot')
  if (user.deactivated) return no('user_disabled')
  const known = workspace.channels.has(`D${user.id.slice(1)}`)
  const channel = directChannel(workspace, user)
  return { ...(known && { no_op: true, already_open: true }), channel: fields.return_im ? shown(workspace, channel) : { id: channel.id } }
}
