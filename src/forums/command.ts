import { mayStart } from '../community/permissions.ts'
import { entry, namesOf } from '../feature/args.ts'
import type { Ctx, Deps, Outcome } from '../feature/feature.ts'
import { unchanged, whisper } from '../feature/replies.ts'
import { homeSpace } from '../kit/drafts.ts'
import { press } from '../kit/presses.ts'
import { timeOr } from '../schedule/asked-time.ts'
import type { EndOf } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import { beginsAlike, folded, sameKey, sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Choice } from '../view/view.ts'
import { checkIn } from './answer.ts'
import { openCycle } from './cycle.ts'
import { isCode, LIMITS, mayCheckIn, nameOf, stageOf } from './domain.ts'
import { forumDrafts } from './draft.ts'
import { loadForums, type WholeForum } from './forum.ts'
import { managing } from './manage.ts'
import { defaults, type ForumSettings } from './settings.ts'
import { listView, readForum } from './show.ts'
import { isOpenTo } from './target.ts'

/** `/forum`: for everybody the list; for coordinators also the ways to make and change one. */

/** Verbs with the button action that each stands for; `list`, `show`, `here`, `new` and `cycle` are the command's own. */
const VERBS: Readonly<Record<EndOf<'forums-verb-'>, string>> = {
  ...{ list: '', show: '', here: '', new: '', cycle: '' },
  ...{ edit: 'edit', cancel: 'stop', who: 'who', notes: 'write', summary: 'summary' },
}
const FOR_ALL = ['list', 'show', 'here']
const DAY = 86_400_000
/** How many are looked at, of those ahead and of those that are over. */
const MOST = 50

export async function runForum(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  if (args === '') return { again: whisper(await listView(ctx)) }
  const [first = '', ...rest] = args.split(/\s+/)
  const verb = folded(first)
  if (args.includes('|') || !Object.hasOwn(VERBS, verb)) return mayStart(ctx) ?? draftLine(ctx, deps, args)
  const words = sanitizeLine(rest.join(' '))
  if (verb === 'list') return { again: whisper(await listView(ctx)) }
  if (verb === 'here') return here(ctx, deps, words)
  if (verb === 'new') return mayStart(ctx) ?? forumDrafts(deps).open(ctx)
  if (verb === 'cycle') return mayStart(ctx) ?? openCycle(ctx)
  return doVerb(ctx, deps, verb, words)
}

/** A verb, on the forum that the words after it name; with none named, on the only one that it can mean, else the list to choose from. */
async function doVerb(ctx: Ctx, deps: Deps, verb: string, words: string): Promise<Outcome> {
  if (verb !== 'show') {
    const refused = mayStart(ctx)
    if (refused) return refused
  }
  const [only, ...more] = find(await known(ctx, verb), words)
  if (!only || more.length > 0) return { again: whisper(await listView(ctx, ctx.speech.texts.t('forums-which'))) }
  if (verb === 'show') return { again: whisper(await readForum(ctx, only)) }
  return press(managing(deps), ctx, entry(VERBS, verb) ?? '', [only.id])
}

/** Those that words mean: by id, else by how their theme begins; all for no words. */
function find(all: readonly WholeForum[], words: string): readonly WholeForum[] {
  const byId = all.filter(one => one.id === sameKey(words))
  return byId.length > 0 ? byId : all.filter(one => beginsAlike(one.theme, words))
}

/** Forums that a verb can be about and that may be known here, the nearest first: what is written afterwards needs one that has begun, changes one that has not ended. */
async function known(ctx: Ctx, verb: string): Promise<readonly WholeForum[]> {
  const networkId = ctx.network?.id ?? ''
  const since = new Date(ctx.speech.now.getTime() - 90 * DAY)
  const dayAgo = new Date(ctx.speech.now.getTime() - DAY)
  const ahead = await loadForums(ctx, { networkId, startsAt: { gt: dayAgo } }, { first: 'asc', most: MOST })
  const past = await loadForums(ctx, { networkId, startsAt: { gt: since, lte: dayAgo } }, { first: 'desc', most: MOST })
  const all = [...ahead, ...past]
  const fits: Readonly<Record<string, readonly string[]>> = {
    ...{ edit: ['planned', 'ahead', 'on'], cancel: ['planned', 'ahead', 'on'], notes: ['on', 'over'], summary: ['on', 'over'] },
  }
  const stages = fits[verb]
  return all.filter(one => isOpenTo(ctx, one) && (!stages || stages.includes(stageOf(one, ctx.speech.now))))
}

/** `here CODE` checks in; `here` alone is for hosts, who get the code. */
async function here(ctx: Ctx, deps: Deps, code: string): Promise<Outcome> {
  const { now } = ctx.speech
  const standing = { networkId: ctx.network?.id ?? '', state: 'standing' as const }
  const recent = new Date(now.getTime() - 2 * DAY)
  if (code !== '') {
    const near = await loadForums(ctx, { ...standing, code: { not: null }, startsAt: { gt: recent, lt: new Date(now.getTime() + DAY) } })
    const one = near.find(forum => isCode(code, forum.code ?? '') && mayCheckIn(forum, now))
    return one ? checkIn(ctx, deps, one) : unchanged(ctx, 'forums-here-wrong')
  }
  const mine = await loadForums(ctx, { ...standing, hostId: ctx.person?.id ?? '', startsAt: { gt: recent } }, { first: 'asc', most: 20 })
  const next = mine.find(one => stageOf(one, now) !== 'over')
  if (!next) return unchanged(ctx, 'forums-here-how')
  return press(managing(deps), ctx, 'here', [next.id])
}

/** `Strengths | when: 14 Jan 6pm | place: Grange Community Centre`: the draft card, from where it is posted. */
async function draftLine(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  const [theme = '', ...parts] = args.split('|').map(sanitizeLine)
  const wrong = (text: string): Outcome => ({ again: whisper(sentence(locale, `${text}\n${t('forums-right-way')}`)) })
  if (theme === '' || theme.length > LIMITS.theme) return wrong(t('forums-wrong-long', { max: LIMITS.theme, length: theme.length }))
  let settings: ForumSettings = defaults(theme, ctx.person?.name ?? '', await homeSpace(ctx, ctx.space?.id))
  for (const part of parts) {
    const [, key = '', value = ''] = /^(when|place)\s*:\s*(.+)$/i.exec(part) ?? []
    if (key === '') return wrong(t('forums-wrong-key', { said: shorten(part, 40) }))
    if (sameKey(key) === 'place') {
      if (value.length > LIMITS.address) return wrong(t('forums-wrong-long', { max: LIMITS.address, length: value.length }))
      settings = { ...settings, address: value }
      continue
    }
    const when = await timeOr(ctx, value)
    if ('problem' in when) return wrong(when.problem)
    settings = { ...settings, startsAt: when.at.toISOString() }
  }
  return forumDrafts(deps).begin(ctx, settings)
}

/** Verbs first, then what they can be about. */
export async function suggest(ctx: Ctx, typed: string): Promise<readonly Choice[]> {
  const { t } = ctx.speech.texts
  const said = folded(typed)
  const mine = namesOf(VERBS).filter(verb => FOR_ALL.includes(verb) || ctx.roles.has('coordinator'))
  const named = mine.find(verb => said.startsWith(`${verb} `))
  if (!named)
    return mine.filter(verb => verb.startsWith(said)).map(verb => ({ value: verb, label: `${verb}: ${t(`forums-verb-${verb}`)}` }))
  if (['list', 'here', 'new', 'cycle'].includes(named)) return []
  const all = find(await known(ctx, named), sanitizeLine(said.slice(named.length)))
  return all.slice(0, 25).map(one => ({ value: `${named} ${one.id}`, label: `${named}: ${nameOf(one.theme)}` }))
}
