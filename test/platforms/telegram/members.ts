import type { ChatMember, User } from '@grammyjs/types'
import { isAdmin, standingOf } from './chats.ts'
import type { AdminRight, AdminRights, Allowed, ChatState, Standing, World } from './world.ts'

const rights: readonly AdminRight[] = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
]

/** What an admin gets when nothing is said: what Telegram's own dialog ticks. */
export const usualRights: AdminRights = {
  ...Object.fromEntries(rights.map(right => [right, true])),
  can_promote_members: false,
  can_pin_messages: true,
  can_manage_topics: true,
}

/** How Telegram tells of somebody's standing. */
export function memberOf(user: User, standing: Standing): ChatMember {
  switch (standing.status) {
    case 'creator':
      return { status: 'creator', user, is_anonymous: standing.anonymous ?? false }
    case 'administrator':
      return administrator(user, standing.rights, standing.anonymous ?? false)
    case 'restricted':
      return restricted(user, standing.allowed)
    case 'kicked':
      return { status: 'kicked', user, until_date: 0 }
    case 'member':
      return { status: 'member', user }
    case 'left':
      return { status: 'left', user }
  }
}

function administrator(user: User, given: AdminRights, anonymous: boolean): ChatMember {
  const has = (right: AdminRight): boolean => given[right] === true
  return {
    status: 'administrator',
    user,
    can_be_edited: false,
    is_anonymous: anonymous,
    can_manage_chat: true,
    can_delete_messages: has('can_delete_messages'),
    can_manage_video_chats: has('can_manage_video_chats'),
    can_restrict_members: has('can_restrict_members'),
    can_promote_members: has('can_promote_members'),
    can_change_info: has('can_change_info'),
    can_invite_users: has('can_invite_users'),
    can_post_stories: has('can_post_stories'),
    can_edit_stories: has('can_edit_stories'),
    can_delete_stories: has('can_delete_stories'),
    can_send_welcome_messages: false,
    can_pin_messages: has('can_pin_messages'),
    can_manage_topics: has('can_manage_topics'),
  } satisfies ChatMember
}

function restricted(user: User, allowed: Allowed): ChatMember {
  return {
    status: 'restricted',
    user,
    is_member: true,
    can_send_messages: allowed.messages,
    can_send_audios: allowed.documents,
    can_send_documents: allowed.documents,
    can_send_photos: allowed.photos,
    can_send_videos: allowed.photos,
    can_send_video_notes: allowed.documents,
    can_send_voice_notes: allowed.documents,
    can_send_polls: allowed.messages,
    can_send_other_messages: allowed.messages,
    can_add_web_page_previews: allowed.messages,
    can_react_to_messages: true,
    can_edit_tag: false,
    can_change_info: false,
    can_invite_users: false,
    can_pin_messages: allowed.pin,
    can_manage_topics: false,
    until_date: 0,
  } satisfies ChatMember
}

/** Sets somebody's standing and tells the bot: of itself always, of others only when it is admin and has asked for it. */
export function setStanding(world: World, chat: ChatState, user: User, standing: Standing, by: User): void {
  const old = standingOf(chat, user.id)
  chat.standings.set(user.id, standing)
  const isBot = user.id === world.me.id
  if (!isBot && !isAdmin(standingOf(chat, world.me.id))) return
  world.updates.push(isBot ? 'my_chat_member' : 'chat_member', {
    chat: chat.chat,
    from: by,
    date: Math.floor(world.now().getTime() / 1000),
    old_chat_member: memberOf(user, old),
    new_chat_member: memberOf(user, standing),
  })
}
