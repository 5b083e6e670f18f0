import { namesOf } from '../feature/args.ts'
import type { Ctx, Deps, Outcome } from '../feature/feature.ts'
import { whisper } from '../feature/replies.ts'
import { sentence } from '../view/make.ts'
import { folded, sanitizeLine } from '../view/sanitize.ts'
import type { Choice } from '../view/view.ts'
import { nameOf, readLine } from './domain.ts'
import { announcementDrafts } from './draft.ts'
import { doWith, find, known } from './find.ts'
import { settingsOf } from './read.ts'
import { listView } from './show.ts'
import { VERBS } from './verbs.ts'

/** `/announce`, for coordinators only: the bot has looked that up. */

export async function runAnnounce(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  if (args === '') return announcementDrafts(deps).open(ctx)
  const [first = '', ...rest] = args.split(/\s+/)
  const verb = folded(first)
  if (!args.includes('|') && Object.hasOwn(VERBS, verb)) return doVerb(ctx, deps, verb, sanitizeLine(rest.join(' ')), args)
  return draftLine(ctx, deps, args)
}

/** Words, perhaps with settings: the draft card, from where it is posted. */
async function draftLine(ctx: Ctx, deps: Deps, args: string, said?: string): Promise<Outcome> {
  const { t, locale } = ctx.speech.texts
  const line = readLine(args)
  const made = 'key' in line ? { problem: t(line.key, line.args) } : await settingsOf(ctx, line)
  if ('problem' in made) return { again: whisper(sentence(locale, `${made.problem}\n${t('announcements-right-way')}`)) }
  return announcementDrafts(deps).begin(ctx, made.settings, said ?? made.note)
}

/** A verb, on the announcement that the words after it name; with none named, on the only one that it can mean, else the list to choose from. */
async function doVerb(ctx: Ctx, deps: Deps, verb: string, words: string, args: string): Promise<Outcome> {
  const { t } = ctx.speech.texts
  if (verb === 'list' && words === '') return { again: whisper(await listView(ctx)) }
  const found = verb === 'list' ? [] : find(await known(ctx, verb), words)
  // "Now open: the garden" begins like a verb and is none.
  if (found.length === 0 && words !== '') return draftLine(ctx, deps, args, t('announcements-no-such', { words: nameOf(words) }))
  const [only, ...more] = found
  if (!only || more.length > 0) return { again: whisper(await listView(ctx, t('announcements-which'))) }
  return doWith(ctx, deps, verb, only)
}

/** Verbs first, then what they can be about. */
export async function suggest(ctx: Ctx, typed: string): Promise<readonly Choice[]> {
  if (!ctx.roles.has('coordinator')) return []
  const { t } = ctx.speech.texts
  const said = folded(typed)
  const named = namesOf(VERBS).find(verb => said.startsWith(`${verb} `))
  if (!named) {
    const verbs = namesOf(VERBS).filter(verb => verb.startsWith(said))
    return verbs.map(verb => ({ value: verb, label: `${verb}: ${t(`announcements-verb-${verb}`)}` }))
  }
  const all = find(await known(ctx, named), sanitizeLine(said.slice(named.length)))
  return all.slice(0, 25).map(one => ({ value: `${named} ${one.id}`, label: `${named}: ${nameOf(one.words)}` }))
}
