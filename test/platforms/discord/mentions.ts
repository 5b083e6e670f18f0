import { AllowedMentionsTypes, type APIAllowedMentions, PermissionFlagsBits as Can, ComponentType } from 'discord-api-types/v10'
import type { Draft } from './draft.ts'
import { may } from './permissions.ts'
import { allOf, type Pings } from './posted.ts'
import type { ChannelState } from './world.ts'

export const nobody: Pings = { everyone: false, users: [], roles: [] }

/** Whom these words ring when `author` says them here, by what the request allows. Only content and text displays ring, embeds never do. */
export function pingsOf(channel: ChannelState, author: string, draft: Draft, repliedTo?: string): Pings {
  const words = [
    draft.content ?? '',
    ...allOf(draft.components ?? []).flatMap(one => (one.type === ComponentType.TextDisplay ? [one.content] : [])),
  ].join('\n')
  const spoken = withoutCode(words)
  const allowed = draft.allowed_mentions ?? undefined
  const mayAll = may(channel, author, Can.MentionEveryone)
  const users = found(spoken, /<@!?(\d+)>/g).filter(id => lets(allowed, AllowedMentionsTypes.User, allowed?.users, id))
  const roles = found(spoken, /<@&(\d+)>/g)
    .filter(id => lets(allowed, AllowedMentionsTypes.Role, allowed?.roles, id))
    .filter(id => mayAll || channel.guild?.roles.get(id)?.mentionable === true)
  const everyone = mayAll && /@(?:everyone|here)/.test(spoken) && lets(allowed, AllowedMentionsTypes.Everyone, undefined, '')
  const rings = repliedTo !== undefined && (allowed === undefined || allowed.replied_user === true)
  return { everyone, roles, users: rings && !users.includes(repliedTo) ? [...users, repliedTo] : users }
}

function lets(
  allowed: APIAllowedMentions | undefined,
  kind: AllowedMentionsTypes,
  named: readonly string[] | undefined,
  id: string,
): boolean {
  return allowed === undefined || allowed.parse?.includes(kind) === true || named?.includes(id) === true
}

const found = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))]

const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
