import { toPerson } from '../community/notify.ts'
import { post, resume, retire } from '../delivery/outbox.ts'
import type { Speech } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { PersonRef } from '../platform/adapter.ts'
import type { DueRow, Turn } from '../runtime/alarm.ts'
import type { Tx } from '../store/tx.ts'
import { sentence } from '../view/make.ts'
import { shorten } from '../view/sanitize.ts'
import type { View } from '../view/view.ts'
import { helloSubject, JOINING } from './hello.ts'
import type { Tools } from './permissions.ts'

/** How many are looked at together: the one whose hello waits longest first. */
const BATCH = 500

/** A space whose hello has ended one way or the other. */
interface Settled {
  readonly spaceId: string
  readonly networkId: string
  readonly title: string
  readonly attempt: string
  readonly joiner: PersonRef
  readonly state: string
  readonly trouble: string | null
  readonly why: string | null
}

/** Spaces whose hello was really posted have joined; where it could not be posted they have not. Whoever brought them in is told. */
export async function joiningDue(tools: Tools, turn: Turn): Promise<void> {
  const { store } = tools.deps
  const drafts = await store.draft.findMany({
    where: { feature: JOINING, id: { notIn: [...turn.resting] } },
    select: { id: true, networkId: true },
    orderBy: { updatedAt: 'asc' },
    take: BATCH,
  })
  const rows = drafts.map(draft => ({ ...draft, title: '' }))
  await turn.together(rows, some => store.$transaction(tx => settleAll(tx, tools, some, turn.now)))
}

async function settleAll(tx: Tx, tools: Tools, some: readonly DueRow[], now: Date): Promise<void> {
  const ids = some.map(one => one.id)
  for (const one of await settle(tx, ids, now)) {
    // Of two processes that look, one finds it.
    const taken = await tx.draft.deleteMany({ where: { id: one.attempt } })
    if (taken.count === 0) continue
    if (one.state === 'joined') await tellJoined(tx, tools, one, now)
    else await tellFailed(tx, tools.deps, one, now)
  }
}

/** One statement, so that a hello and its space never tell two stories. A hello of several messages stands when all of them do. */
async function settle(tx: Tx, ids: readonly string[], now: Date): Promise<readonly Settled[]> {
  return tx.$queryRaw<Settled[]>`
    WITH trial AS (
      SELECT s."id", dr."id" AS attempt, dr."data"->>'personRef' AS joiner, s."trouble",
        coalesce(bool_and(d."state" = 'sent'), false) AS stands,
        coalesce(bool_or(d."state" NOT IN ('waiting', 'sent') OR d."usefulUntil" < ${now}::timestamptz - interval '1 minute'), true)
          OR s."state" <> 'joining' OR s."trouble" IS NOT NULL AS failed,
        max(d."why") AS why
      FROM "Draft" dr JOIN "Space" s ON s."id" = dr."data"->>'spaceId'
        LEFT JOIN "Delivery" d ON d."subject" = 'network_hello_' || s."id" || '_' || dr."id"
      WHERE dr."feature" = ${JOINING} AND dr."id" = ANY (${[...ids]}::text[])
      GROUP BY s."id", dr."id"
    )
    UPDATE "Space" s SET "state" = CASE WHEN s."state" NOT IN ('joining', 'gone') THEN s."state"
      WHEN NOT trial.stands THEN 'left' WHEN s."state" = 'joining' THEN 'joined' ELSE s."state" END
    FROM trial WHERE s."id" = trial."id" AND (trial.stands OR trial.failed)
    RETURNING s."id" AS "spaceId", s."networkId", s."title", trial.attempt, trial.joiner, s."state", trial.trouble, trial.why`
}

/** The joiner hears it, and the coordinators do. What is open is offered to a coordinator: to the joiner, if they are one. */
async function tellJoined(tx: Tx, tools: Tools, one: Settled, now: Date): Promise<void> {
  const { deps } = tools
  await resume(tx, { networkId: one.networkId, spaceId: one.spaceId }, now)
  await deps.publish(tx, 'space joined', { networkId: one.networkId, spaceId: one.spaceId })
  const network = await tx.network.findUniqueOrThrow({ where: { id: one.networkId } })
  const members = await tx.membership.findMany({
    where: { networkId: one.networkId, OR: [{ identityRef: one.joiner }, { person: { grants: { some: { role: 'coordinator' } } } }] },
    include: { identity: true, person: { include: { grants: { where: { role: 'coordinator' } } } } },
  })
  const isOfficer = members.some(member => member.identityRef === one.joiner && member.person.grants.length > 0)
  for (const { identity, person } of members) {
    const texts = deps.texts.in(identity.locale ?? network.locale)
    const speech: Speech = { texts, locale: texts.locale, zone: network.zone, now }
    const isJoiner = identity.ref === one.joiner
    const told = sentence(
      texts.locale,
      texts.t(isJoiner ? 'network-joined' : 'network-joined-told', { space: one.title, network: network.name }),
    )
    const offers = person.grants.length > 0 && isJoiner === isOfficer ? await offersOf(deps, tx, one.spaceId, speech) : []
    const views: readonly View[] = [told, ...offers]
    const whole = { ref: identity.ref as PersonRef, networkId: one.networkId, subject: 'network_joined' }
    await post(
      tx,
      views.flatMap((view, i) => toPerson(deps, { ...whole, key: `network/joined/${one.attempt}/${i}`, view })),
      now,
    )
  }
}

async function offersOf(deps: Deps, tx: Tx, spaceId: string, speech: Speech): Promise<readonly View[]> {
  return (await Promise.all(deps.features().map(feature => feature.offers(tx, spaceId, speech)))).flat()
}

async function tellFailed(tx: Tx, deps: Deps, one: Settled, now: Date): Promise<void> {
  await retire(tx, { subject: helloSubject(one.spaceId, one.attempt) }, now)
  const network = await tx.network.findUniqueOrThrow({ where: { id: one.networkId } })
  const identity = await tx.identity.findUnique({ where: { ref: one.joiner } })
  const { t, named, locale } = deps.texts.in(identity?.locale ?? network.locale)
  const why = one.trouble
    ? named(one.trouble)
    : one.why?.includes(': ')
      ? t('network-join-failed-why', { why: shorten(one.why, 120) })
      : t('network-join-failed-late')
  const view = sentence(locale, t('network-join-failed', { space: one.title, network: network.name, why }))
  await post(
    tx,
    toPerson(deps, { ref: one.joiner, networkId: one.networkId, key: `network/joined/${one.attempt}`, subject: 'network_joined', view }),
    now,
  )
}
