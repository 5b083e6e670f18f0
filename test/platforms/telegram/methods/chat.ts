import type { ChatFullInfo, ChatMember, User } from '@grammyjs/types'
import { botStanding, isAdmin, isIn, standingOf } from '../chats.ts'
import { memberOf, setStanding } from '../members.ts'
import { type ChatId, reach } from '../reach.ts'
import { bad, Refusal } from '../refusal.ts'
import type { Allowed, ChatState, World } from '../world.ts'

interface InChat {
  chat_id: ChatId
}

const giftTypes = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
} satisfies ChatFullInfo['accepted_gift_types']

export function getChat(world: World, request: InChat): ChatFullInfo | Refusal {
  const state = reach(world, request.chat_id)
  if (state instanceof Refusal) return state
  const pinned = [...state.messages.values()].filter(message => message.pinned).at(-1)
  const common = {
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: giftTypes,
    ...(pinned && { pinned_message: pinned.raw }),
  }
  const { chat } = state
  if (chat.type === 'private') return { ...chat, ...common } satisfies ChatFullInfo.PrivateChat
  const permissions = permissionsOf(state.allowed)
  if (chat.type === 'group') return { ...chat, ...common, permissions } satisfies ChatFullInfo.GroupChat
  return { ...chat, ...common, permissions } satisfies ChatFullInfo.SupergroupChat
}

function permissionsOf(allowed: Allowed): NonNullable<ChatFullInfo.SupergroupChat['permissions']> {
  return {
    can_send_messages: allowed.messages,
    can_send_photos: allowed.photos,
    can_send_documents: allowed.documents,
    can_pin_messages: allowed.pin,
  }
}

function userOf(world: World, id: number): User | undefined {
  return id === world.me.id ? world.meInChats : world.people.get(id)?.user
}

export function getChatMember(world: World, request: InChat & { user_id: number }): ChatMember | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  const user = userOf(world, request.user_id)
  if (!user) return bad('invalid user_id specified')
  if (chat.chat.type === 'private') return memberOf(user, { status: 'member' })
  return memberOf(user, standingOf(chat, user.id))
}

/** The admins; of bots only ourselves can be among them. */
export function getChatAdministrators(world: World, request: InChat): ChatMember[] | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  if (chat.chat.type === 'private') return bad('there are no administrators in the private chat')
  const admins: ChatMember[] = []
  for (const [id, standing] of chat.standings) {
    const user = userOf(world, id)
    if (user && isAdmin(standing)) admins.push(memberOf(user, standing))
  }
  return admins
}

export function getChatMemberCount(world: World, request: InChat): number | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  return chat.chat.type === 'private' ? 2 : countIn(chat)
}

const countIn = (chat: ChatState): number => [...chat.standings.values()].filter(isIn).length

export function leaveChat(world: World, request: InChat): true | Refusal {
  const chat = reach(world, request.chat_id)
  if (chat instanceof Refusal) return chat
  if (chat.chat.type === 'private') return bad("chat member status can't be changed in private chats")
  if (isIn(botStanding(world, chat))) setStanding(world, chat, world.meInChats, { status: 'left' }, world.meInChats)
  return true
}
