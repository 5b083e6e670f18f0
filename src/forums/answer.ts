import { canTell } from '../community/private-word.ts'
import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps, Press, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { ask, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { formOf, taken } from '../kit/forms.ts'
import { target } from '../kit/target.ts'
import type { Rsvp } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { sanitizeLine } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import { bring, comeAlone, decide, isCode, mayCheckIn, stageOf } from './domain.ts'
import { NEEDS } from './forms.ts'
import { loadForum, type WholeForum } from './forum.ts'
import { asSaid, saveAnswer } from './seats.ts'
import { FORUM, HELD } from './target.ts'
import { type Mine, mineView, receipt } from './view-mine.ts'

/** What people say to a forum. Every press looks the forum, the network and the chat up again. */

interface Seat {
  readonly ctx: Ctx
  readonly deps: Deps
  readonly one: WholeForum
  readonly personId: string
  readonly rsvp: Rsvp | undefined
}

type Deed = (seat: Seat, args: readonly string[]) => Promise<Outcome>

const PRESSES: Readonly<Record<string, Deed>> = {
  go: seat => answer(seat, 'coming'),
  maybe: seat => answer(seat, 'maybe'),
  cant: seat => answer(seat, 'cant'),
  party: (seat, [, n]) => party(seat, Number(n)),
  remind: (seat, [, state]) => remind(seat, state === 'on'),
  forget,
  still,
  alone,
}

/** Buttons of people who answer. */
export async function answerPress(ctx: Ctx, deps: Deps, { action, args }: Press): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, args[0], HELD)
  return 'refused' in seat ? seat.refused : need(PRESSES, action)(seat, args)
}

/** The form of access needs. */
export async function answerSubmit(ctx: Ctx, deps: Deps, submit: Submit): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, submit.args[0], HELD)
  if ('refused' in seat) return seat.refused
  if (!mayStillAnswer(seat)) return unchanged(ctx, 'forums-answer-over')
  if (!isIn(seat)) return unchanged(ctx, 'forums-needs-first')
  return taken(needsToken(seat), NEEDS, needsOf(seat), submit, async ({ needs = '' }) => {
    await ctx.tx.rsvp.update({ where: key(seat), data: { needs: needs === '' ? null : needs } })
    return { again: whisper(await myCard(seat.ctx, seat.one, seat.personId, 'forums-done-needs')) }
  })
}

const needsToken = ({ one }: Seat) => token('forums', 'needs', one.id)
const needsOf = ({ ctx, rsvp }: Seat) => ({ ctx, now: { needs: rsvp?.needs ?? '' } })

/** Who presses, on which forum. */
async function seatOf(ctx: Ctx, deps: Deps, id: string | undefined, kind: typeof FORUM): Promise<Seat | { readonly refused: Outcome }> {
  const found = await target(ctx, kind, id)
  if ('refused' in found) return found
  const { thing: one, ctx: there } = found
  const personId = there.person.id
  const rsvp = await ctx.tx.rsvp.findUnique({ where: { forumId_personId: { forumId: one.id, personId } } })
  return { ctx: there, deps, one, personId, rsvp: rsvp ?? undefined }
}

function key({ one, personId }: Seat) {
  return { forumId_personId: { forumId: one.id, personId } }
}

function isIn({ rsvp }: Seat): boolean {
  return rsvp !== undefined && rsvp.answer !== 'cant'
}

function mayStillAnswer({ one, ctx }: Seat): boolean {
  return ['planned', 'ahead', 'on'].includes(stageOf(one, ctx.speech.now))
}

/** A press sets, it never toggles; a repeated one changes nothing. */
async function answer(seat: Seat, wish: 'coming' | 'maybe' | 'cant'): Promise<Outcome> {
  const { ctx, deps, one, personId, rsvp } = seat
  if (!mayStillAnswer(seat)) return unchanged(ctx, 'forums-answer-over')
  const before = rsvp && asSaid(rsvp)
  // Once it has begun nobody is offered a place any more, so nobody waits for those that are free.
  const isOn = stageOf(one, ctx.speech.now) === 'on'
  const after = decide(before, wish, isOn ? { ...one, waiting: 0 } : one)
  if (before?.answer !== after.answer) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after })
  return told(seat)
}

/** After a change: who comes says that they still do. Of everybody else it only shows how they stand. */
async function still(seat: Seat): Promise<Outcome> {
  const { ctx, one, rsvp } = seat
  if (!mayStillAnswer(seat)) return unchanged(ctx, 'forums-answer-over')
  if (rsvp?.answer !== 'coming') return told(seat)
  await ctx.tx.rsvp.update({ where: key(seat), data: { still: one.sequence } })
  return told(seat, 'forums-done-still')
}

/** Without the others who do not fit. */
async function alone(seat: Seat): Promise<Outcome> {
  const { ctx, deps, one, personId, rsvp } = seat
  if (!mayStillAnswer(seat) || !rsvp) return unchanged(ctx, 'forums-answer-over')
  const { ahead } = await standing(ctx, one.id, personId)
  const after = comeAlone(asSaid(rsvp), ahead === 0, one)
  if (after.party !== rsvp.party) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after })
  return told(seat)
}

async function party(seat: Seat, n: number): Promise<Outcome> {
  const { ctx, deps, one, personId, rsvp } = seat
  if (!mayStillAnswer(seat) || !rsvp || !isIn(seat)) return unchanged(ctx, 'forums-answer-over')
  const after = bring(asSaid(rsvp), n, one)
  if ('key' in after) return { again: turnTo(ctx, await myCard(ctx, one, personId, after.key, after.args)) }
  if (after.party !== rsvp.party) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after })
  return turnTo(ctx, await myCard(ctx, one, personId))
}

async function remind(seat: Seat, on: boolean): Promise<Outcome> {
  const { ctx, one, personId, rsvp } = seat
  if (!rsvp) return unchanged(ctx, 'forums-answer-over')
  await ctx.tx.rsvp.update({ where: key(seat), data: { remind: on } })
  const closed = ctx.chat.can.tell === 'once started' ? 'forums-done-remind-start' : 'forums-done-remind-closed'
  return turnTo(ctx, await myCard(ctx, one, personId, on ? (canTell(ctx) ? 'forums-done-remind' : closed) : 'forums-done-unremind'))
}

/** All that I said of this forum goes, my place and my needs with it. */
async function forget(seat: Seat): Promise<Outcome> {
  const { ctx, deps, one, personId, rsvp } = seat
  if (rsvp) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after: undefined })
  return turnTo(ctx, await myCard(ctx, one, personId, 'forums-done-forget'))
}

/** Short words where a private answer carries no buttons, else the card. */
async function told({ ctx, one, personId }: Seat, said?: TextKey): Promise<Outcome> {
  if (ctx.inbound.place === 'private' || ctx.chat.whisper?.buttons) return turnTo(ctx, await myCard(ctx, one, personId, said))
  const words = receipt(await standing(ctx, one.id, personId), ctx.speech)
  return whisper(sentence(ctx.speech.locale, said ? `${ctx.speech.texts.t(said)} ${words}` : words))
}

/** What I said, with the ways to change it. */
export async function openMine(ctx: Ctx, deps: Deps, id: string | undefined): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, id, FORUM)
  return 'refused' in seat ? seat.refused : { again: turnTo(seat.ctx, await myCard(seat.ctx, seat.one, seat.personId)) }
}

export async function openNeeds(ctx: Ctx, deps: Deps, id: string | undefined): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, id, FORUM)
  if ('refused' in seat) return seat.refused
  return isIn(seat) && mayStillAnswer(seat)
    ? { again: ask(formOf(needsToken(seat), NEEDS, needsOf(seat))) }
    : unchanged(ctx, 'forums-needs-first')
}

async function standing(ctx: Ctx, forumId: string, personId: string): Promise<Mine> {
  const one = await loadForum(ctx.tx, forumId)
  if (!one) throw new Error('A forum that was just there is gone.')
  const rsvp = (await ctx.tx.rsvp.findUnique({ where: { forumId_personId: { forumId, personId } } })) ?? undefined
  const place = rsvp?.place ?? 0
  const ahead = rsvp?.answer === 'waiting' ? await ctx.tx.rsvp.count({ where: { forumId, answer: 'waiting', place: { lt: place } } }) : 0
  return { one, rsvp, ahead, reach: canTell(ctx) ? 'open' : ctx.chat.can.tell }
}

async function myCard(ctx: Ctx, one: WholeForum, personId: string, said?: TextKey, args?: Record<string, string | number>): Promise<View> {
  return mineView(await standing(ctx, one.id, personId), ctx.speech, said && ctx.speech.texts.t(said, args))
}

/** `/forum here CODE`: marks somebody as there. Whoever had not answered is counted as coming now. */
export async function checkIn(ctx: Ctx, deps: Deps, one: WholeForum): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, one.id, HELD)
  if ('refused' in seat) return seat.refused
  if (!mayCheckIn(seat.one, ctx.speech.now)) return unchanged(ctx, 'forums-here-closed')
  if (seat.rsvp?.answer !== 'coming') {
    const after = { answer: 'coming', party: seat.rsvp?.party ?? 1, place: null } as const
    await saveAnswer(ctx.tx, deps, seat.one, { personId: seat.personId, before: seat.rsvp, after })
  }
  const came = await ctx.tx.rsvp.updateMany({
    where: { forumId: one.id, personId: seat.personId, cameAt: null },
    data: { cameAt: ctx.speech.now },
  })
  if (came.count > 0) await ctx.tx.forum.update({ where: { id: one.id }, data: { came: { increment: 1 } } })
  return whisper(sentence(ctx.speech.locale, ctx.speech.texts.t('forums-here-done', { theme: sanitizeLine(one.theme) })))
}

/** The link in a picture at the door: asks whether they are there. */
export async function askCheckIn(ctx: Ctx, id: string | undefined, code = ''): Promise<Outcome> {
  const one = await atTheDoor(ctx, id, code)
  if (!one) return unchanged(ctx, 'forums-here-wrong')
  const { t } = ctx.speech.texts
  const here: Button = { label: t('forums-do-arrive'), token: token('forums', 'arrive', one.id, code), look: 'main' }
  return unchanged(ctx, 'forums-here-question', { theme: sanitizeLine(one.theme) }, [[here]])
}

/** They are. */
export async function checkInBy(ctx: Ctx, deps: Deps, id: string | undefined, code = ''): Promise<Outcome> {
  const one = await atTheDoor(ctx, id, code)
  return one ? checkIn(ctx, deps, one) : unchanged(ctx, 'forums-here-wrong')
}

/** The forum, for somebody with its code who may know of it. */
async function atTheDoor(ctx: Ctx, id: string | undefined, code: string): Promise<WholeForum | undefined> {
  const found = await target(ctx, FORUM, id)
  return !('refused' in found) && found.thing.code && isCode(code, found.thing.code) ? found.thing : undefined
}

/** The token of a private link to check in by. */
export function hereToken(id: string, code: string): string {
  return token('forums', 'in', id, code)
}
