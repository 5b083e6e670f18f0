import { mayStart } from '../community/permissions.ts'
import { entry, id, namesOf, oneOf } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Action } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import type { TextKey } from '../texts/keys.ts'
import { isolated } from '../view/direction.ts'
import { sentence } from '../view/make.ts'
import { alike, beginsAlike, folded, sameKey, sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Button, Choice, View } from '../view/view.ts'

/** What stands after a command: a verb, perhaps with the words of what it is about; or words that make something. */

/** A verb that is about nothing that stands. `args`: the whole line. */
interface Alone<One> {
  alone(ctx: Ctx, words: string, args: string): Outcome | Promise<Outcome>
  /** What may follow it, as it is suggested. */
  hints?(ctx: Ctx): Promise<readonly One[]>
}

/** A verb on one of those that are there. */
interface About<One> {
  /** What it can be about, the likeliest first. */
  known(ctx: Ctx): Promise<readonly One[]>
  /** Which of them words mean, and what they go on with; left out: by id, else by how it begins, all for no words. */
  find?(ctx: Ctx, words: string): Promise<{ readonly found: readonly One[]; readonly rest: string }>
  does(ctx: Ctx, one: One, rest: string): Outcome | Promise<Outcome>
}

/** `forAll`: everybody may say it; else coordinators. `fits`: whether it is suggested here; left out: everywhere. */
export type Verb<One> = (Alone<One> | About<One>) & { readonly forAll?: boolean; fits?(ctx: Ctx): boolean }

export interface Command<Name extends string, One extends { readonly id: string }> {
  readonly verbs: Readonly<Record<Name, Verb<One>>>
  /** What a verb does, in words. */
  about(name: Name): TextKey
  /** Whose command it is: its action `do` goes on with a verb that had to ask which. */
  readonly feature: string
  /** By which words one is found, and how it is called where there is little room. */
  wordsOf(one: One): string
  nameOf(one: One): string
  /** What tells two apart that are called the same: a date, a place. Like `which` and `list` left out where no verb is about something that stands. */
  detailOf?(one: One, ctx: Ctx): string
  /** The question where a verb could mean several, or none. */
  readonly which?: TextKey
  /** What is shown where there is nothing that a verb could be about. */
  list?(ctx: Ctx): Promise<View>
  /** In its place, where words after a verb mean nothing that is there. */
  none?(ctx: Ctx, words: string, args: string): Promise<Outcome>
  /** No verb. */
  line(ctx: Ctx, args: string): Outcome | Promise<Outcome>
  /** Why verbs that are not for all are not for somebody; left out: they are for coordinators. */
  refuse?(ctx: Ctx): Outcome | undefined
  /** Bars may stand in the words after a verb; left out: a line with bars has no verb. */
  readonly bars?: true
}

export async function runVerb<Name extends string, One extends { readonly id: string }>(
  command: Command<Name, One>,
  ctx: Ctx,
  args: string,
): Promise<Outcome> {
  const [first = '', ...rest] = args.split(/\s+/)
  const verb: Verb<One> | undefined = args.includes('|') && !command.bars ? undefined : entry(command.verbs, folded(first))
  if (!verb) return command.line(ctx, args)
  const refused = verb.forAll ? undefined : (command.refuse ?? mayStart)(ctx)
  if (refused) return refused
  const words = sanitizeLine(rest.join(' '))
  if ('alone' in verb) return verb.alone(ctx, words, args)
  const read = verb.find ? await verb.find(ctx, words) : { found: findByWords(await verb.known(ctx), words, command.wordsOf), rest: '' }
  const [only, ...more] = read.found
  if (!only && words !== '' && command.none) return command.none(ctx, words, args)
  if (only && more.length === 0) return verb.does(ctx, only, read.rest)
  return askWhich(command, ctx, folded(first), more.length > 0 ? read.found : await verb.known(ctx))
}

async function askWhich<Name extends string, One extends { readonly id: string }>(
  command: Command<Name, One>,
  ctx: Ctx,
  verb: string,
  all: readonly One[],
): Promise<Outcome> {
  const shown = all.length > 0 ? choices(command, ctx, verb, all) : await command.list?.(ctx)
  return shown ? { again: whisper(shown) } : command.line(ctx, verb)
}

const BUTTONS = 10
const LABEL = 75

/** Which of them? Each button goes on with the same verb. */
function choices<Name extends string, One extends { readonly id: string }>(
  { feature, which, nameOf, detailOf }: Command<Name, One>,
  ctx: Ctx,
  verb: string,
  all: readonly One[],
): View {
  const { t, locale } = ctx.speech.texts
  const names = all.map(nameOf)
  const rows = all.slice(0, BUTTONS).map((one, i): Button[] => {
    const isAlike = names.filter(name => alike(name, names[i] ?? '')).length > 1
    const label = isAlike && detailOf ? `${shorten(nameOf(one), LABEL / 2)} (${detailOf(one, ctx)})` : nameOf(one)
    return [{ label: shorten(label, LABEL), token: token(feature, 'do', one.id, verb) }]
  })
  const more = all.length > BUTTONS ? `\n${t('kit-more-words', { n: all.length - BUTTONS })}` : ''
  return sentence(locale, `${which ? t(which) : ''}${more}`, rows)
}

/** The action that goes on with one of these verbs: whoever writes its token by hand gets no further than by saying it. */
export function verbAction<Name extends string, One extends { readonly id: string }>(
  names: readonly [Name, ...Name[]],
  load: () => Promise<Command<Name, One>>,
): Action {
  return { args: [id, oneOf(...names)], run: async (ctx, [one = '', name = '']) => goOn(await load(), ctx, name, one) }
}

async function goOn<Name extends string, One extends { readonly id: string }>(
  command: Command<Name, One>,
  ctx: Ctx,
  name: string,
  about: string,
): Promise<Outcome> {
  const verb: Verb<One> | undefined = entry(command.verbs, name)
  if (!verb || 'alone' in verb) return []
  const refused = verb.forAll ? undefined : mayStart(ctx)
  if (refused) return refused
  const { found } = verb.find ? await verb.find(ctx, about) : { found: await verb.known(ctx) }
  const chosen = found.find(one => one.id === about)
  return chosen ? verb.does(ctx, chosen, '') : askWhich(command, ctx, name, await verb.known(ctx))
}

/** Those that words mean: by id; else by how they begin; else by any parts of their words, in any order. All for no words. */
export function findByWords<One extends { readonly id: string }>(
  all: readonly One[],
  words: string,
  wordsOf: (one: One) => string,
): readonly One[] {
  const parts = folded(words).split(/\s+/u).filter(Boolean)
  const has = (one: One): boolean => parts.every(part => folded(wordsOf(one)).includes(part))
  const ranks: ((one: One) => boolean)[] = [
    one => one.id === sameKey(words),
    one => alike(wordsOf(one), words),
    one => beginsAlike(wordsOf(one), words),
    has,
  ]
  return ranks.map(rank => all.filter(rank)).find(found => found.length > 0) ?? []
}

/** What can be chosen at once, and how long its name may be. */
const MOST = 25
const NAME = 95

/** Verbs first, then what they can be about. */
export async function suggestVerbs<Name extends string, One extends { readonly id: string }>(
  { verbs, about, wordsOf, nameOf }: Command<Name, One>,
  ctx: Ctx,
  typed: string,
): Promise<readonly Choice[]> {
  const said = folded(typed)
  const isMine = ({ forAll, fits }: Verb<One>) => (forAll || ctx.roles.has('coordinator')) && (fits?.(ctx) ?? true)
  const mine = namesOf(verbs).filter(name => isMine(verbs[name]))
  const named = mine.find(name => said.startsWith(`${name} `))
  if (!named) {
    const begun = mine.filter(name => name.startsWith(said))
    return begun.map(name => ({ value: name, label: `${name}: ${ctx.speech.texts.t(about(name))}` }))
  }
  const verb = verbs[named]
  const known = await ('known' in verb ? verb.known(ctx) : verb.hints?.(ctx))
  const all = findByWords(known ?? [], sanitizeLine(said.slice(named.length)), wordsOf)
  return all.slice(0, MOST).map(one => ({ value: `${named} ${one.id}`, label: shorten(`${named}: ${isolated(nameOf(one))}`, NAME) }))
}
