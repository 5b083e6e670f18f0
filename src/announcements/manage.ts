import { isMeant } from '../community/audience.ts'
import { post, retire, touch } from '../delivery/outbox.ts'
import { replan, sendAgain } from '../delivery/replan.ts'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, unchanged, update, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import type { Handlers } from '../kit/presses.ts'
import type { Found } from '../kit/target.ts'
import { onThing, thingForm } from '../kit/thing.ts'
import { Prisma } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { loadAnnouncement, postsOf, type WholeAnnouncement } from './announcement.ts'
import { lookAt, postRows } from './create.ts'
import { nameOf, stageOf, usefulUntil } from './domain.ts'
import { MOVE, PICTURE, WORDS } from './forms.ts'
import { showAnnouncement } from './show.ts'
import { ANNOUNCEMENT } from './target.ts'
import { confirmWithdraw } from './view-manage.ts'

/** What a coordinator does with an announcement that stands: every action looks it, the network and the role up again. */

export function managing(deps: Deps): Handlers<Found<WholeAnnouncement>> {
  return onThing(
    'announcements',
    ANNOUNCEMENT,
    'coordinator',
    {
      show: async (ctx, one) => ({ again: turnTo(ctx, await showAnnouncement(ctx, one)) }),
      repicture(ctx, one, [, how]) {
        if (how !== 'none') return REPICTURE.open(token('announcements', 'repicture', one.id), ctx, one)
        return ifOver(ctx, one) ?? noPicture(ctx, one)
      },
      now: (ctx, one) => moveTo(ctx, one, ctx.speech.now, 'announcements-done-now'),
      again,
      withdraw(ctx, one, [, yes]) {
        if (yes === 'yes') return withdraw(ctx, one)
        return ifOver(ctx, one) ?? { again: turnTo(ctx, confirmWithdraw(one, ctx.speech)) }
      },
      offer: (ctx, one, [, spaceId]) => offer(ctx, deps, one, spaceId),
    },
    { reword: REWORD, move: TO_MOVE, repicture: REPICTURE },
  )
}

function over(ctx: Ctx): Outcome {
  return unchanged(ctx, 'announcements-over')
}

function ifOver(ctx: Ctx, { state }: WholeAnnouncement): Outcome | undefined {
  return state === 'standing' ? undefined : over(ctx)
}

/** The card as it is now, with what has just happened. */
async function done(
  ctx: Ctx,
  one: WholeAnnouncement,
  key: TextKey,
  args: Record<string, string | number> = {},
  more = '',
): Promise<Outcome> {
  const fresh = await loadAnnouncement(ctx.tx, one.id)
  return turnTo(ctx, await showAnnouncement(ctx, fresh ?? one, `${ctx.speech.texts.t(key, args)} ${more}`.trim()))
}

/** Another time for what still waits; what has begun to go out stays as it is. */
async function moveTo(ctx: Ctx, one: WholeAnnouncement, postsAt: Date, key: TextKey, clocks = ''): Promise<Outcome> {
  const { networkId, id, lateHours } = one
  const course = { postsAt, lateHours }
  const moved = await ctx.tx.announcement.updateMany({
    where: { id, state: 'standing', postsAt: { gt: ctx.speech.now } },
    data: { postsAt, checkAt: lookAt(course), sequence: { increment: 1 } },
  })
  if (moved.count === 0) return unchanged(ctx, 'announcements-not-coming')
  await replan(ctx.tx, { networkId, subject: postsOf(id), runAt: postsAt, usefulUntil: usefulUntil(course) })
  return done(ctx, one, key, {}, clocks)
}

/** Sends once more what failed or was missed; it may then be as late again. */
async function again(ctx: Ctx, one: WholeAnnouncement): Promise<Outcome> {
  const { now } = ctx.speech
  if (stageOf(one, now) !== 'out') return over(ctx)
  const { networkId, id, lateHours } = one
  const course = { postsAt: now, lateHours }
  // Held until the end of the transaction, so that it is not withdrawn meanwhile.
  const held = await ctx.tx.announcement.updateMany({ where: { id, state: 'standing' }, data: { checkAt: lookAt(course) } })
  if (held.count === 0) return over(ctx)
  const n = await sendAgain(ctx.tx, { networkId, subjects: [postsOf(id)], now, usefulUntil: usefulUntil(course) })
  return done(ctx, one, 'announcements-done-again', { n })
}

/** Takes it back everywhere: what waits is not sent, what stands is deleted, and where it cannot be deleted it says so (see `due.ts`). */
async function withdraw(ctx: Ctx, one: WholeAnnouncement): Promise<Outcome> {
  const { now } = ctx.speech
  const gone = await ctx.tx.announcement.updateMany({
    where: { id: one.id, state: 'standing' },
    data: { state: 'withdrawn', withdrawnAt: now, checkAt: now, sequence: { increment: 1 } },
  })
  if (gone.count === 0) return over(ctx)
  await retire(ctx.tx, { subject: postsOf(one.id) }, now)
  return done(ctx, one, 'announcements-done-withdraw')
}

/** Plans an announcement that is still to come for one more space of its network, one that it is meant for. */
async function offer(ctx: Ctx, deps: Deps, one: WholeAnnouncement, spaceId: string | undefined): Promise<Outcome> {
  const space = spaceId ? await ctx.tx.space.findFirst({ where: { id: spaceId, networkId: one.networkId, state: 'joined' } }) : null
  if (!space || !isMeant(space, one.places)) return unchanged(ctx, 'announcements-offer-not-there')
  if (stageOf(one, ctx.speech.now) !== 'coming') return unchanged(ctx, 'announcements-not-coming')
  await post(ctx.tx, postRows(deps, one, [space]), ctx.speech.now)
  const { t, locale } = ctx.speech.texts
  return update(sentence(locale, t('announcements-done-offer', { words: nameOf(one.words), space: space.title })))
}

const TO_MOVE = thingForm({
  ...{ sheet: MOVE, of: (one: WholeAnnouncement) => one },
  unless: (ctx, one) => (stageOf(one, ctx.speech.now) === 'coming' ? undefined : unchanged(ctx, 'announcements-not-coming')),
  take: (ctx, one, { postsAt = ctx.speech.now }, note) =>
    moveTo(ctx, one, postsAt, postsAt > ctx.speech.now ? 'announcements-done-move' : 'announcements-done-now', note),
})

/** New words and link: the posts change everywhere, and say so where they stood already. */
const REWORD = thingForm({
  ...{ sheet: WORDS, of: (one: WholeAnnouncement) => one, unless: ifOver },
  async take(ctx, one, { words = one.words, link = one.link }) {
    if (words === one.words && link === one.link) return { again: whisper(await showAnnouncement(ctx, one)) }
    return change(ctx, one, { words, link }, 'announcements-done-words')
  },
})

const REPICTURE = thingForm({
  ...{ sheet: PICTURE, of: (one: WholeAnnouncement) => one, unless: ifOver },
  take: (ctx, one, { picture }) => (picture ? change(ctx, one, { picture }, 'announcements-done-picture') : over(ctx)),
})

async function change(ctx: Ctx, one: WholeAnnouncement, data: Prisma.AnnouncementUpdateManyMutationInput, key: TextKey): Promise<Outcome> {
  const changedAt = stageOf(one, ctx.speech.now) === 'out' ? ctx.speech.now : null
  const changed = await ctx.tx.announcement.updateMany({
    where: { id: one.id, state: 'standing' },
    data: { ...data, changedAt, sequence: { increment: 1 } },
  })
  if (changed.count === 0) return over(ctx)
  await touch(ctx.tx, [postsOf(one.id)])
  return done(ctx, one, key)
}

/** Only before it goes out: where it stands, not every platform can take a picture away. */
async function noPicture(ctx: Ctx, one: WholeAnnouncement): Promise<Outcome> {
  if (stageOf(one, ctx.speech.now) !== 'coming') return unchanged(ctx, 'announcements-picture-stays')
  return change(ctx, one, { picture: Prisma.DbNull }, 'announcements-done-no-picture')
}
