import { postIn } from '../community/audience.ts'
import { post, touch } from '../delivery/outbox.ts'
import type { Post } from '../delivery/post.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf, taken } from '../kit/forms.ts'
import { type KeptPicture, keepMade, PICTURE } from '../pictures/pictures.ts'
import type { Space } from '../store/generated/client.ts'
import { withoutIsolates } from '../view/direction.ts'
import { sameKey, shorten } from '../view/sanitize.ts'
import { hereToken } from './answer.ts'
import { spacesWith } from './change.ts'
import { LIMITS } from './domain.ts'
import { NOTES, PHOTO } from './forms.ts'
import { photoOf, summaryOf, type WholeForum } from './forum.ts'
import { showForum } from './show.ts'
import type { ForumTarget } from './target.ts'
import { hereView } from './view-list.ts'

/** At the forum and afterwards: who is there, what came out of it, what was missed. */

/** For how long people can say what was missed. */
const MISSED_MS = 7 * 86_400_000

/** The code to check in with: made when it is first asked for, the same from then on. */
export async function showCode({ ctx, one, isHost }: ForumTarget): Promise<Outcome> {
  if (!isHost) return unchanged(ctx, 'forums-host-only')
  if (one.state !== 'standing') return unchanged(ctx, 'forums-over')
  const code = one.code ?? ctx.ids.code().slice(0, 4)
  if (one.code === null) await ctx.tx.forum.update({ where: { id: one.id }, data: { code } })
  const link = ctx.chat.privateLink(hereToken(one.id, code))
  return turnTo(ctx, hereView(one, { code, link, picture: await doorPicture(ctx, one, link ?? `/forum here ${code}`) }, ctx.speech))
}

/** The code as a picture to print, where the app can show one. */
async function doorPicture(ctx: Ctx, one: WholeForum, text: string): Promise<KeptPicture | undefined> {
  if (!ctx.chat.can.pictures.out) return undefined
  const { toBuffer } = (await import('qrcode')).default
  const bytes = new Uint8Array(await toBuffer(text, { type: 'png', width: 720, margin: 4, errorCorrectionLevel: 'Q' }))
  const about = shorten(withoutIsolates(ctx.speech.texts.t('forums-here-picture', { theme: one.theme, text })), PICTURE.about)
  return keepMade(ctx, { mime: 'image/png', bytes }, 'at-the-door.png', about)
}

const notesToken = ({ id }: WholeForum) => token('forums', 'notes', id)

export function openNotes({ ctx, one }: ForumTarget): Outcome {
  return { again: ask(formOf(notesToken(one), NOTES, { ctx, now: one })) }
}

export function submitNotes({ ctx, one }: ForumTarget, submit: Submit): Promise<Outcome> {
  return taken(notesToken(one), NOTES, { ctx, now: one }, submit, async data => {
    await ctx.tx.forum.update({ where: { id: one.id }, data })
    // Where it stands already it changes.
    if (one.summaryAt) await touch(ctx.tx, [summaryOf(one.id)])
    return whisper(await showForum(ctx, one, ctx.speech.texts.t(one.summaryAt ? 'forums-done-notes-there' : 'forums-done-notes')))
  })
}

const photoToken = ({ id }: WholeForum) => token('forums', 'photo', id)

/** The picture that goes with what came out of a forum. */
export function openPhoto({ ctx, one }: ForumTarget): Outcome {
  return ctx.chat.can.pictures.in ? { again: ask(formOf(photoToken(one), PHOTO, { ctx, now: one })) } : unchanged(ctx, 'forums-no-photo')
}

export function submitPhoto({ ctx, one }: ForumTarget, submit: Submit): Promise<Outcome> {
  return taken(photoToken(one), PHOTO, { ctx, now: one }, submit, async ({ picture }) => {
    await ctx.tx.forum.update({ where: { id: one.id }, data: picture ? { picture } : {} })
    // Where it stands already it changes.
    if (one.summaryAt) await touch(ctx.tx, [photoOf(one.id)])
    const key = one.summaryAt && one.picture ? 'forums-done-photo-there' : 'forums-done-photo'
    return whisper(await showForum(ctx, one, ctx.speech.texts.t(key)))
  })
}

/** What came out of it goes to every chat that had the forum, once; later changes change it there. */
export async function openSummary({ ctx, one }: ForumTarget, deps: Deps): Promise<Outcome> {
  const { now } = ctx.speech
  if (one.startsAt > now || one.state !== 'standing') return unchanged(ctx, 'forums-not-yet')
  if (one.notes === '' && one.outcomes.length === 0) return { again: ask(formOf(notesToken(one), NOTES, { ctx, now: one })) }
  const spaces = await spacesWith(ctx.tx, one)
  const rows = spaces.map(space => ({
    ...postIn(deps, one.networkId, space),
    key: `forums/${one.id}/summary/${space.id}`,
    subject: summaryOf(one.id),
  }))
  const photos = one.picture ? spaces.map(space => photoRow(deps, one, space)) : []
  await post(ctx.tx, [...rows, ...photos], now)
  await ctx.tx.forum.update({ where: { id: one.id }, data: { summaryAt: one.summaryAt ?? now } })
  await touch(ctx.tx, [summaryOf(one.id), photoOf(one.id)])
  return turnTo(ctx, await showForum(ctx, one, ctx.speech.texts.t('forums-done-summary', { n: spaces.length })))
}

/** A message of its own, after the words. */
function photoRow(deps: Deps, one: WholeForum, space: Space): Post {
  return { ...postIn(deps, one.networkId, space), key: `forums/${one.id}/photo/${space.id}`, subject: photoOf(one.id) }
}

/** Items as options of a poll: short, and each once. */
function asOptions(items: readonly string[]): readonly string[] {
  return [...new Map(items.map(item => shorten(item, LIMITS.option)).map(item => [sameKey(item), item])).values()]
}

/** "What did we miss?": a poll in the same chats, to which people add what they missed. */
export async function openMissed({ ctx, one }: ForumTarget, deps: Deps): Promise<Outcome> {
  const { now } = ctx.speech
  const { t } = ctx.speech.texts
  if (one.startsAt > now || one.state !== 'standing') return unchanged(ctx, 'forums-not-yet')
  if (one.pollId) return unchanged(ctx, 'forums-missed-there')
  const id = ctx.ids.id()
  const agenda = asOptions(one.agenda)
  const items = agenda.length > 1 ? agenda : [t('forums-missed-nothing'), t('forums-missed-other')]
  const done = await deps.ask(ctx.tx, 'make poll', {
    ...{
      id,
      networkId: one.networkId,
      personId: ctx.person?.id ?? '',
      question: withoutIsolates(t('forums-missed-question', { theme: one.theme })),
    },
    ...{ options: items, places: one.places, opensAt: null, closesAt: new Date(now.getTime() + MISSED_MS) },
  })
  if (done !== 'made') return unchanged(ctx, 'forums-missed-failed')
  await ctx.tx.forum.update({ where: { id: one.id }, data: { pollId: id } })
  return turnTo(ctx, await showForum(ctx, one, t('forums-done-missed')))
}
