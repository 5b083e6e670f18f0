import { areasOf } from '../community/lists.ts'
import { entry } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged } from '../feature/replies.ts'
import { type Command, runVerb, type Verb } from '../kit/verbs.ts'
import type { EndOf } from '../texts/texts.ts'
import { folded, shorten } from '../view/sanitize.ts'
import { ADD, areaList, areaRenameWords, areaRetireWords } from './areas.ts'
import { healthPage, noNetwork, openCard, who } from './card.ts'
import { deletion, goOn, pause } from './danger.ts'
import { exportNetwork } from './export.ts'
import { foundByCode, foundHere } from './founding.ts'
import { join } from './join.ts'
import { codeList, codeWords } from './join-codes.ts'
import { type Acting, asCoordinator, ROLES, type Tools } from './permissions.ts'
import { invite, roleList } from './roles.ts'
import { language, SETTINGS, settings } from './settings.ts'
import { leaveHere, spaceList } from './spaces.ts'
import { takeWords } from './take.ts'
import { roleWord } from './view.ts'

/** `/network`: the verbs that everybody may say, and those of coordinators on the network that they are in. */

/** What may follow a verb. */
interface Phrase {
  readonly id: string
}

type Work = (acting: Acting, words: string) => Promise<Outcome>
type Hints = (ctx: Ctx) => Promise<readonly string[]>

/** What stands behind the first word, as it was typed. */
function after(args: string): string {
  return args.trim().replace(/^\S+\s*/u, '')
}

export function networkCommand(tools: Tools): Command<EndOf<'network-verb-'>, Phrase> {
  const open = (run: (ctx: Ctx, tools: Tools, words: string) => Promise<Outcome>): Verb<Phrase> => ({
    forAll: true,
    alone: (ctx, _, args) => run(ctx, tools, after(args)),
  })
  const office = (work: Work, hints?: Hints): Verb<Phrase> => ({
    async alone(ctx, _, args) {
      const acting = await asCoordinator(ctx, tools, ctx.network?.id)
      return 'refused' in acting ? acting.refused : work(acting, after(args))
    },
    hints: async ctx => ((await hints?.(ctx)) ?? []).map(id => ({ id })),
  })
  const setting = (name: keyof typeof SETTINGS): Verb<Phrase> => office((acting, words) => SETTINGS[name].say(acting, [], words))
  return {
    verbs: {
      new: { ...open(foundHere), fits: isFree },
      found: { ...open(foundByCode), fits: ctx => !ctx.space },
      join: { ...open(join), fits: isFree },
      ...{ role: open(takeWords), who: open(who) },
      area: office(areaWords, areaPhrases),
      spaces: office(acting => spaceList(acting, [])),
      leave: office(leaveHere),
      code: office(codeWords, async ctx => ['all', ...(await areaNames(ctx))]),
      codes: office(acting => codeList(acting, [])),
      invite: office(
        (acting, words) => invite(acting, [words]),
        async () => ROLES.map(roleWord),
      ),
      roles: office(acting => roleList(acting, [])),
      settings: office(settings),
      ...{ name: setting('name'), contact: setting('contact'), zone: setting('zone'), hide: setting('hide') },
      language: office((acting, words) => language(acting, [words])),
      health: office(acting => healthPage(acting, [])),
      pause: { ...office(acting => pause(acting, [])), fits: ({ network }) => network?.state !== 'paused' },
      resume: { ...office(goOn), fits: ({ network }) => network?.state !== 'active' },
      export: office(exportNetwork),
      delete: office(acting => deletion(acting, [])),
    },
    ...{ feature: 'network', about: name => `network-verb-${name}`, bars: true },
    ...{ wordsOf: ({ id }) => id, nameOf: ({ id }) => id },
    refuse: ctx => (ctx.network ? undefined : noNetwork(ctx)),
    line: (ctx, args) => unchanged(ctx, 'network-how', { verb: shorten(folded(args.split(/\s+/)[0] ?? ''), 40) }),
  }
}

/** Whether a network can begin here, or take this chat in. */
function isFree({ space, inbound }: Ctx): boolean {
  return !space && inbound.place !== 'private'
}

const AREA_VERBS: Readonly<Record<string, Work>> = {
  add: (acting, words) => ADD.say(acting, [], words),
  rename: areaRenameWords,
  retire: areaRetireWords,
}

async function areaWords(acting: Acting, words: string): Promise<Outcome> {
  if (!words) return areaList(acting, [])
  const work = entry(AREA_VERBS, folded(words.split(/\s+/)[0] ?? ''))
  return work ? work(acting, after(words)) : unchanged(acting.ctx, 'network-area-how')
}

async function areaNames({ tx, network }: Ctx): Promise<readonly string[]> {
  return (await areasOf(tx, network?.id ?? '')).map(area => area.name)
}

async function areaPhrases(ctx: Ctx): Promise<readonly string[]> {
  const names = await areaNames(ctx)
  return ['add', ...['rename', 'retire'].flatMap(verb => names.map(name => `${verb} ${name}`))]
}

export async function runNetwork(ctx: Ctx, tools: Tools, args: string): Promise<Outcome> {
  if (args === '') return openCard(ctx, tools)
  // Said as one or as many.
  return runVerb(networkCommand(tools), ctx, args.replace(/^areas(?!\S)/iu, 'area'))
}
