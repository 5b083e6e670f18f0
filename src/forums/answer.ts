import type { Ctx, Deps, Outcome, Press, Submit } from '../feature.ts'
import { note, turnTo } from '../network/desk.ts'
import { isMeant } from '../network/places.ts'
import { ask, whisper } from '../replies.ts'
import type { Rsvp } from '../store/generated/client.ts'
import { token } from '../token.ts'
import { sentence } from '../view/make.ts'
import { shorten, tame, tameLine } from '../view/tame.ts'
import type { View } from '../view/view.ts'
import { bring, decide, isCode, isOut, LIMITS, mayCheckIn, stageOf } from './domain.ts'
import { needsForm } from './forms.ts'
import { holdForum, loadForum, type WholeForum } from './forum.ts'
import { asSaid, saveAnswer } from './seats.ts'
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

const DEEDS: Readonly<Record<string, Deed>> = {
  go: seat => answer(seat, 'coming'),
  maybe: seat => answer(seat, 'maybe'),
  cant: seat => answer(seat, 'cant'),
  party: (seat, [, n]) => party(seat, Number(n)),
  remind: (seat, [, state]) => remind(seat, state === 'on'),
  forget,
}

/** Buttons of people who answer; undefined for what is none. */
export async function answerPress(ctx: Ctx, deps: Deps, { action, args }: Press): Promise<Outcome | undefined> {
  if (action === 'mine') return mine(ctx, deps, args[0])
  if (action === 'needs') return openNeeds(ctx, deps, args[0])
  const deed = Object.hasOwn(DEEDS, action) ? DEEDS[action] : undefined
  if (!deed) return undefined
  const seat = await seatOf(ctx, deps, args[0], 'hold')
  return 'refused' in seat ? seat.refused : deed(seat, args)
}

/** The form of access needs; undefined for another. */
export async function answerSubmit(ctx: Ctx, deps: Deps, { action, args, values }: Submit): Promise<Outcome | undefined> {
  if (action !== 'needs') return undefined
  const seat = await seatOf(ctx, deps, args[0], 'hold')
  if ('refused' in seat) return seat.refused
  if (!mayStillAnswer(seat)) return note(ctx, 'forums-answer-over')
  if (!isIn(seat)) return note(ctx, 'forums-needs-first')
  const needs = shorten(tame(values['needs'] ?? '').trim(), LIMITS.needs)
  await ctx.tx.rsvp.update({ where: key(seat), data: { needs: needs === '' ? null : needs } })
  return { again: whisper(await myCard(seat.ctx, seat.one, seat.personId, 'forums-done-needs')) }
}

/** Who presses, on which forum: one of their network, and in a chat only one that is meant for it. `hold`: until the end of the transaction. */
async function seatOf(ctx: Ctx, deps: Deps, id: string | undefined, how: 'hold' | 'look'): Promise<Seat | { readonly refused: Outcome }> {
  const one = how === 'hold' ? await holdForum(ctx.tx, id) : await loadForum(ctx.tx, id)
  const there = one && (await ctx.in(one.networkId))
  const person = there?.person
  if (!one || !there || !person) return { refused: note(ctx, 'forums-unknown') }
  const rsvp = await ctx.tx.rsvp.findUnique({ where: { forumId_personId: { forumId: one.id, personId: person.id } } })
  // What somebody has said stays theirs, wherever they look at it.
  if (!rsvp && !isOpenTo(there, one)) return { refused: note(ctx, 'forums-unknown') }
  return { ctx: there, deps, one, personId: person.id, rsvp: rsvp ?? undefined }
}

/** Whether a forum may be known here: in its own chats; in private to residents, and one for the steering group to those with a role. */
export function isOpenTo(ctx: Ctx, one: WholeForum): boolean {
  if (!isOut(one, ctx.speech.now)) return ctx.roles.has('coordinator')
  if (ctx.roles.size > 0 && ctx.inbound.place === 'private') return true
  if (ctx.space) return isMeant(ctx.space, one.places)
  return one.places.audience !== 'steering'
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
  if (!mayStillAnswer(seat)) return note(ctx, 'forums-answer-over')
  const before = rsvp && asSaid(rsvp)
  // Once it has begun nobody is offered a place any more, so nobody waits for those that are free.
  const isOn = stageOf(one, ctx.speech.now) === 'on'
  const after = decide(before, wish, isOn ? { ...one, waiting: 0 } : one)
  if (before?.answer !== after.answer) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after })
  return told(seat)
}

async function party(seat: Seat, n: number): Promise<Outcome> {
  const { ctx, deps, one, personId, rsvp } = seat
  if (!mayStillAnswer(seat) || !rsvp || !isIn(seat)) return note(ctx, 'forums-answer-over')
  const after = bring(asSaid(rsvp), n, one)
  if ('key' in after) return { again: turnTo(ctx, await myCard(ctx, one, personId, after.key, after.args)) }
  if (after.party !== rsvp.party) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after })
  return turnTo(ctx, await myCard(ctx, one, personId))
}

async function remind(seat: Seat, on: boolean): Promise<Outcome> {
  const { ctx, one, personId, rsvp } = seat
  if (!rsvp) return note(ctx, 'forums-answer-over')
  await ctx.tx.rsvp.update({ where: key(seat), data: { remind: on } })
  const closed = on && ctx.identity.tell !== 'open' && ctx.chat.can.tell === 'once started' && ctx.inbound.place !== 'private'
  return turnTo(
    ctx,
    await myCard(ctx, one, personId, closed ? 'forums-done-remind-start' : on ? 'forums-done-remind' : 'forums-done-unremind'),
  )
}

/** All that I said of this forum goes, my place and my needs with it. */
async function forget(seat: Seat): Promise<Outcome> {
  const { ctx, deps, one, personId, rsvp } = seat
  if (rsvp) await saveAnswer(ctx.tx, deps, one, { personId, before: rsvp, after: undefined })
  return turnTo(ctx, await myCard(ctx, one, personId, 'forums-done-forget'))
}

/** Short words where a private answer carries no buttons, else the card. */
async function told({ ctx, one, personId }: Seat): Promise<Outcome> {
  const { can } = ctx.chat
  if (ctx.inbound.place === 'private' || can.whisper.buttons) return turnTo(ctx, await myCard(ctx, one, personId))
  return whisper(sentence(ctx.speech.locale, receipt(await standing(ctx, one.id, personId), ctx.speech)))
}

async function mine(ctx: Ctx, deps: Deps, id: string | undefined): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, id, 'look')
  return 'refused' in seat ? seat.refused : { again: turnTo(seat.ctx, await myCard(seat.ctx, seat.one, seat.personId)) }
}

async function openNeeds(ctx: Ctx, deps: Deps, id: string | undefined): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, id, 'look')
  if ('refused' in seat) return seat.refused
  return isIn(seat) && mayStillAnswer(seat)
    ? { again: ask(needsForm(seat.ctx, seat.one, seat.rsvp?.needs ?? '')) }
    : note(ctx, 'forums-needs-first')
}

async function standing(ctx: Ctx, forumId: string, personId: string): Promise<Mine> {
  const one = await loadForum(ctx.tx, forumId)
  if (!one) throw new Error('A forum that was just there is gone.')
  const rsvp = (await ctx.tx.rsvp.findUnique({ where: { forumId_personId: { forumId, personId } } })) ?? undefined
  const place = rsvp?.place ?? 0
  const ahead = rsvp?.answer === 'waiting' ? await ctx.tx.rsvp.count({ where: { forumId, answer: 'waiting', place: { lt: place } } }) : 0
  return { one, rsvp, ahead }
}

async function myCard(ctx: Ctx, one: WholeForum, personId: string, said?: string, args?: Record<string, string | number>): Promise<View> {
  return mineView(await standing(ctx, one.id, personId), ctx.speech, said && ctx.speech.texts.t(said, args))
}

/** `/forum here CODE`: marks somebody as there. Whoever had not answered is counted as coming now. */
export async function checkIn(ctx: Ctx, deps: Deps, one: WholeForum): Promise<Outcome> {
  const seat = await seatOf(ctx, deps, one.id, 'hold')
  if ('refused' in seat) return seat.refused
  if (!mayCheckIn(seat.one, ctx.speech.now)) return note(ctx, 'forums-here-closed')
  if (seat.rsvp?.answer !== 'coming') {
    const after = { answer: 'coming', party: seat.rsvp?.party ?? 1, place: null } as const
    await saveAnswer(ctx.tx, deps, seat.one, { personId: seat.personId, before: seat.rsvp, after })
  }
  const came = await ctx.tx.rsvp.updateMany({
    where: { forumId: one.id, personId: seat.personId, cameAt: null },
    data: { cameAt: ctx.speech.now },
  })
  if (came.count > 0) await ctx.tx.forum.update({ where: { id: one.id }, data: { came: { increment: 1 } } })
  return whisper(sentence(ctx.speech.locale, ctx.speech.texts.t('forums-here-done', { theme: tameLine(one.theme) })))
}

/** A private link with the code in it, from a picture at the door. */
export async function checkInBy(ctx: Ctx, deps: Deps, id: string | undefined, code = ''): Promise<Outcome> {
  const one = await loadForum(ctx.tx, id)
  return one?.code && isCode(code, one.code) ? checkIn(ctx, deps, one) : note(ctx, 'forums-here-wrong')
}

/** The token of a private link that checks somebody in. */
export function hereToken(id: string, code: string): string {
  return token('forums', 'in', id, code)
}
