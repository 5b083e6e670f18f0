import { postIn } from '../../../src/community/audience.ts'
import { post, touch } from '../../../src/delivery/outbox.ts'
import type { Drawn } from '../../../src/delivery/post.ts'
import { id } from '../../../src/feature/args.ts'
import type { Ctx } from '../../../src/feature/context.ts'
import { defineFeature } from '../../../src/feature/define.ts'
import type { Deps, Feature, Submit, Target } from '../../../src/feature/feature.ts'
import { ask, whisper } from '../../../src/feature/replies.ts'
import { token } from '../../../src/feature/token.ts'
import { wrongForm } from '../../../src/kit/forms.ts'
import { pressActions } from '../../../src/kit/presses.ts'
import type { Kind } from '../../../src/kit/target.ts'
import { onThing } from '../../../src/kit/thing.ts'
import { Prisma } from '../../../src/store/generated/client.ts'
import type { Tx } from '../../../src/store/tx.ts'
import { sentence } from '../../../src/view/make.ts'
import { sanitizeLine } from '../../../src/view/sanitize.ts'
import type { Form } from '../../../src/view/view.ts'

/**
 * A feature that nobody needs, in one folder: a pot of tea that is told of in every chat, that everybody may have a cup of, and that is gone after an hour. It shows all
 * that a feature can bring, and is the example for whoever writes one.
 */

declare module '../../../src/feature/events.ts' {
  interface Events {
    'pot empty': { readonly networkId: string; readonly potId: string }
  }
}

const HOUR = 3_600_000

/** Its models: those of a real feature stand in `prisma/schema.prisma`, with a migration. */
export const MODELS = [
  `CREATE TABLE "Pot" ("id" text PRIMARY KEY, "networkId" text NOT NULL, "words" text NOT NULL, "emptyAt" timestamptz(3), "cups" int NOT NULL DEFAULT 0)`,
  `CREATE TABLE "Cup" ("potId" text NOT NULL, "personId" text NOT NULL, PRIMARY KEY ("potId", "personId"))`,
]

interface Pot {
  readonly id: string
  readonly networkId: string
  readonly words: string
  /** Null: it is. */
  readonly emptyAt: Date | null
  readonly cups: number
}

const POT: Kind<Pot> = {
  find: async (tx, potId) => (await tx.$queryRaw<Pot[]>`SELECT * FROM "Pot" WHERE "id" = ${potId}`)[0],
  isOpenTo: () => true,
  unknown: 'app-old-button',
}

export function teasFeature(deps: Deps): Feature {
  const pots = onThing('teas', POT, undefined, { cup: pour })
  return defineFeature({
    name: 'teas',
    commands: [
      { name: 'tea', about: key('command'), where: 'network', run: async ctx => ({ again: ask(form(ctx)) }), suggest: async () => [] },
    ],
    actions: pressActions({ cup: [id] }, async () => pots),
    forms: {
      pot: { args: [], link: 'opens it', open: async ctx => ({ again: ask(form(ctx)) }), read: (ctx, submit) => putOn(ctx, deps, submit) },
    },
    alarms: [
      {
        ...{ name: 'put-pots-away', trouble: key('alarm') },
        when: { at: resting => Prisma.sql`SELECT min("emptyAt") FROM "Pot" WHERE "id" <> ALL (${[...resting]}::text[])` },
        async run({ now, each, resting }) {
          const due = await deps.store.$queryRaw<Pot[]>`
            SELECT * FROM "Pot" WHERE "emptyAt" <= ${now}::timestamptz AND "id" <> ALL (${[...resting]}::text[]) LIMIT 50`
          await each(
            due.map(pot => ({ ...pot, title: pot.words })),
            pot => deps.store.$transaction(tx => putAway(tx, deps, pot)),
          )
        },
      },
    ],
    listens: { 'pot empty': (tx, { networkId, potId }) => thank(tx, deps, networkId, potId) },
    draw: subjects => draw(deps, subjects),
    async forPerson({ tx, person, speech: { texts } }) {
      const mine = await tx.$queryRaw<Pot[]>`
        SELECT p.* FROM "Pot" p JOIN "Cup" c ON c."potId" = p."id" WHERE c."personId" = ${person?.id ?? ''} AND p."emptyAt" IS NOT NULL`
      return mine.map(({ words }) => ({ view: sentence(texts.locale, texts.named('teas-mine', { words })) }))
    },
    pages: [{ path: 'teas', get: potId => page(deps, potId) }],
    async forget(tx, { personId }) {
      await tx.$executeRaw`DELETE FROM "Cup" WHERE "personId" = ${personId}`
    },
    async join(tx, { from, into }) {
      await tx.$executeRaw`DELETE FROM "Cup" a USING "Cup" b WHERE a."potId" = b."potId" AND a."personId" = ${from} AND b."personId" = ${into}`
      await tx.$executeRaw`UPDATE "Cup" SET "personId" = ${into} WHERE "personId" = ${from}`
    },
  })
}

/** Keys of a real feature's texts are known to the compiler (`npm run texts`); those of this one are read beside the tests. */
function key(name: 'command' | 'alarm'): 'app-guide-button' {
  return `teas-${name}` as 'app-guide-button'
}

function form({ speech: { texts } }: Ctx, typed?: string): Form {
  const what = { name: 'what', label: texts.named('teas-what'), kind: 'line', required: true, max: 40 } as const
  return {
    ...{ token: token('teas', 'pot'), title: texts.named('teas-form'), submit: texts.named('teas-put-on'), lang: texts.locale },
    fields: [{ ...what, ...(typed ? { value: typed } : {}) }],
  }
}

async function putOn(ctx: Ctx, deps: Deps, { values }: Submit) {
  const { tx, network, speech } = ctx
  const { texts, now } = speech
  const words = sanitizeLine(values['what'] ?? '')
  if (words === '' || !network) return wrongForm(form(ctx, values['what']), { what: texts.named('teas-no-words') })
  const potId = ctx.ids.id()
  await tx.$executeRaw`INSERT INTO "Pot" VALUES (${potId}, ${network.id}, ${words}, ${new Date(now.getTime() + HOUR)}::timestamptz)`
  await post(tx, await postsOf(tx, deps, network.id, potId, 'pot'), now)
  return whisper(sentence(texts.locale, texts.named('teas-put', { words })))
}

/** One row a chat: it is drawn when it is sent, and anew whenever it is touched. */
async function postsOf(tx: Tx, deps: Deps, networkId: string, potId: string, kind: 'pot' | 'thanks') {
  const spaces = await tx.space.findMany({ where: { networkId, state: 'joined' } })
  return spaces.map(space => ({
    ...postIn(deps, networkId, space),
    key: `teas/${kind}/${potId}/${space.id}`,
    subject: `teas_${kind}_${potId}`,
  }))
}

async function pour(ctx: Ctx, { id: potId, words, emptyAt, cups }: Pot) {
  const { tx, person, speech } = ctx
  const { texts } = speech
  if (!emptyAt) return { again: whisper(sentence(texts.locale, texts.named('teas-over', { words, n: cups }))) }
  const poured = await tx.$executeRaw`INSERT INTO "Cup" VALUES (${potId}, ${person?.id ?? ''}) ON CONFLICT DO NOTHING`
  await tx.$executeRaw`UPDATE "Pot" SET "cups" = "cups" + ${poured} WHERE "id" = ${potId}`
  await touch(tx, [`teas_pot_${potId}`])
  return whisper(sentence(texts.locale, texts.named('teas-poured', { words })))
}

async function putAway(tx: Tx, deps: Deps, { id: potId, networkId }: Pot): Promise<void> {
  const emptied = await tx.$executeRaw`UPDATE "Pot" SET "emptyAt" = NULL WHERE "id" = ${potId} AND "emptyAt" IS NOT NULL`
  if (emptied === 0) return
  await touch(tx, [`teas_pot_${potId}`])
  await deps.publish(tx, 'pot empty', { networkId, potId })
}

async function thank(tx: Tx, deps: Deps, networkId: string, potId: string): Promise<void> {
  await post(tx, await postsOf(tx, deps, networkId, potId, 'thanks'), deps.clock.now())
}

async function draw({ store }: Deps, subjects: readonly string[]): Promise<ReadonlyMap<string, (to: Target) => Drawn>> {
  const ids = subjects.map(subject => subject.split('_')[2] ?? '')
  const pots = ids.length > 0 ? await store.$queryRaw<Pot[]>`SELECT * FROM "Pot" WHERE "id" = ANY (${ids}::text[])` : []
  const drawn = pots.flatMap(({ id: potId, words, cups: n, emptyAt }) => {
    const want = ({ texts }: Target) => [[{ label: texts.named('teas-want'), token: token('teas', 'cup', potId) }]]
    const say =
      (name: string, buttons: typeof want | undefined) =>
      (to: Target): Drawn => ({
        view: sentence(to.locale, to.texts.named(name, { words, n }), buttons?.(to)),
      })
    return [
      [`teas_pot_${potId}`, emptyAt ? say('teas-post', want) : say('teas-over', undefined)],
      [`teas_thanks_${potId}`, say('teas-thanks', undefined)],
    ] as const
  })
  return new Map(drawn)
}

async function page({ store, texts }: Deps, potId: string) {
  const [pot] = await store.$queryRaw<Pot[]>`SELECT * FROM "Pot" WHERE "id" = ${potId}`
  const english = texts.in('en')
  return pot && { html: `<p>${english.n(pot.cups)}</p>`, policy: "default-src 'none'" }
}
