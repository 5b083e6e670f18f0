import { areasOf } from '../community/lists.ts'
import { entry } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { unchanged } from '../feature/replies.ts'
import { folded, shorten } from '../view/sanitize.ts'
import type { Choice } from '../view/view.ts'
import { ADD, areaList, areaRenameWords, areaRetireWords } from './areas.ts'
import { healthPage, openCard, pickButton, who } from './card.ts'
import { deletion, goOn, pause } from './danger.ts'
import { exportNetwork } from './export.ts'
import { foundByCode, foundHere } from './founding.ts'
import { join } from './join.ts'
import { codeList, codeWords } from './join-codes.ts'
import { type Acting, asCoordinator, type Tools } from './permissions.ts'
import { invite, roleList } from './roles.ts'
import { language, type SETTINGS, settings, settingWords } from './settings.ts'
import { leaveHere, spaceList } from './spaces.ts'
import { takeWords } from './take.ts'

type Verb = (ctx: Ctx, tools: Tools, words: string) => Promise<Outcome>
type Work = (acting: Acting, words: string) => Promise<Outcome>

/** What anybody may say; what they must be is checked further on. */
const OPEN: Readonly<Record<string, Verb>> = { new: foundHere, found: foundByCode, join, role: takeWords, who: ctx => who(ctx) }

const setting =
  (name: keyof typeof SETTINGS): Work =>
  (acting, words) =>
    settingWords(acting, name, words)

/** What coordinators say, of the network that they are in. */
const OFFICE: Readonly<Record<string, Work>> = {
  area: areaWords,
  areas: areaWords,
  spaces: acting => spaceList(acting, []),
  leave: acting => leaveHere(acting),
  code: codeWords,
  codes: acting => codeList(acting, []),
  invite: (acting, words) => invite(acting, [words]),
  roles: acting => roleList(acting, []),
  settings: acting => settings(acting),
  name: setting('name'),
  contact: setting('contact'),
  zone: setting('zone'),
  hide: setting('hide'),
  language: (acting, words) => language(acting, [words]),
  health: acting => healthPage(acting, []),
  pause: acting => pause(acting, []),
  resume: acting => goOn(acting),
  export: acting => exportNetwork(acting),
  delete: acting => deletion(acting, []),
}

const AREA_VERBS: Readonly<Record<string, Work>> = {
  add: (acting, words) => ADD.say(acting, acting, words),
  rename: areaRenameWords,
  retire: areaRetireWords,
}

async function areaWords(acting: Acting, words: string): Promise<Outcome> {
  const [verb, rest] = firstWord(words)
  if (!verb) return areaList(acting, [])
  const work = entry(AREA_VERBS, verb)
  return work ? work(acting, rest) : unchanged(acting.ctx, 'network-area-how')
}

function firstWord(words: string): readonly [first: string, rest: string] {
  const [first = ''] = words.trim().split(/\s+/)
  return [folded(first), words.trim().slice(first.length).trim()]
}

export async function runCommand(ctx: Ctx, tools: Tools, args: string): Promise<Outcome> {
  const [verb, words] = firstWord(args)
  if (!verb) return openCard(ctx, tools)
  const open = entry(OPEN, verb)
  if (open) return open(ctx, tools, words)
  const work = entry(OFFICE, verb)
  if (!work) return unchanged(ctx, 'network-how', { verb: shorten(verb, 40) })
  if (!ctx.network)
    return ctx.networks.length > 1 ? unchanged(ctx, 'app-which-network', {}, [[pickButton(ctx.speech)]]) : unchanged(ctx, 'network-none')
  const acting = await asCoordinator(ctx, tools, ctx.network.id)
  return 'refused' in acting ? acting.refused : work(acting, words)
}

/** Verbs first, then names: of areas where one is meant, of roles after `invite`. */
export async function suggest(ctx: Ctx, typed: string): Promise<readonly Choice[]> {
  const { t } = ctx.speech.texts
  const said = folded(typed).trimStart()
  const officer = ctx.roles.has('coordinator')
  const verbs = [...Object.keys(OPEN), ...(officer ? Object.keys(OFFICE).filter(verb => verb !== 'areas') : [])]
  const choices = verbs
    .filter(verb => verb.startsWith(said))
    .map(verb => ({ value: verb, label: `${verb}: ${t('network-verb', { verb })}` }))
  if (choices.length > 0 || !officer || !ctx.network) return choices
  const whole = await phrases(ctx, ctx.network.id)
  return whole.filter(phrase => folded(phrase).startsWith(said)).map(phrase => ({ value: phrase, label: phrase }))
}

async function phrases(ctx: Ctx, networkId: string): Promise<readonly string[]> {
  const areas = await areasOf(ctx.tx, networkId)
  const named = ['area rename', 'area retire', 'code'].flatMap(verb => areas.map(area => `${verb} ${area.name}`))
  return ['area add', 'code all', 'invite coordinator', 'invite steering', 'invite decision-maker', ...named]
}
