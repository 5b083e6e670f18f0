import { mayStart } from '../community/permissions.ts'
import { entry, namesOf } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import type { TextKey } from '../texts/keys.ts'
import { beginsAlike, folded, sameKey, sanitizeLine, shorten } from '../view/sanitize.ts'
import type { Choice, View } from '../view/view.ts'

/** What stands after a command: a verb, perhaps with the words of what it is about; or words that make something. */

/** A verb that is about nothing that stands. `args`: the whole line. */
interface Alone {
  alone(ctx: Ctx, words: string, args: string): Outcome | Promise<Outcome>
}

/** A verb on one of those that are there. */
interface About<One> {
  /** What it can be about, the likeliest first. */
  known(ctx: Ctx): Promise<readonly One[]>
  /** Which of them words mean, and what they go on with; left out: by id, else by how it begins, all for no words. */
  find?(ctx: Ctx, words: string): Promise<{ readonly found: readonly One[]; readonly rest: string }>
  does(ctx: Ctx, one: One, rest: string): Outcome | Promise<Outcome>
}

/** `forAll`: everybody may say it; else coordinators. */
export type Verb<One> = (Alone | About<One>) & { readonly forAll?: boolean }

export interface Command<Name extends string, One extends { readonly id: string }> {
  readonly verbs: Readonly<Record<Name, Verb<One>>>
  /** What a verb does, in words. */
  about(name: Name): TextKey
  /** By which words one is found, and how it is called where there is little room. */
  wordsOf(one: One): string
  nameOf(one: One): string
  /** The list to choose from, where a verb could mean several, or none. */
  which(ctx: Ctx): Promise<View>
  /** In its place, where words after a verb mean nothing that is there. */
  none?(ctx: Ctx, words: string, args: string): Promise<Outcome>
  /** No verb. */
  line(ctx: Ctx, args: string): Outcome | Promise<Outcome>
}

export async function runVerb<Name extends string, One extends { readonly id: string }>(
  command: Command<Name, One>,
  ctx: Ctx,
  args: string,
): Promise<Outcome> {
  const [first = '', ...rest] = args.split(/\s+/)
  const verb: Verb<One> | undefined = args.includes('|') ? undefined : entry(command.verbs, folded(first))
  if (!verb) return command.line(ctx, args)
  const refused = verb.forAll ? undefined : mayStart(ctx)
  if (refused) return refused
  const words = sanitizeLine(rest.join(' '))
  if ('alone' in verb) return verb.alone(ctx, words, args)
  const read = verb.find ? await verb.find(ctx, words) : { found: findByWords(await verb.known(ctx), words, command.wordsOf), rest: '' }
  const [only, ...more] = read.found
  if (!only && words !== '' && command.none) return command.none(ctx, words, args)
  if (!only || more.length > 0) return { again: whisper(await command.which(ctx)) }
  return verb.does(ctx, only, read.rest)
}

/** Those that words mean: by id, else by how they begin; all for no words. */
export function findByWords<One extends { readonly id: string }>(
  all: readonly One[],
  words: string,
  wordsOf: (one: One) => string,
): readonly One[] {
  const byId = all.filter(one => one.id === sameKey(words))
  return byId.length > 0 ? byId : all.filter(one => beginsAlike(wordsOf(one), words))
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
  const mine = namesOf(verbs).filter(name => verbs[name].forAll || ctx.roles.has('coordinator'))
  const named = mine.find(name => said.startsWith(`${name} `))
  if (!named) {
    const begun = mine.filter(name => name.startsWith(said))
    return begun.map(name => ({ value: name, label: `${name}: ${ctx.speech.texts.t(about(name))}` }))
  }
  const verb = verbs[named]
  const all = 'known' in verb ? findByWords(await verb.known(ctx), sanitizeLine(said.slice(named.length)), wordsOf) : []
  return all.slice(0, MOST).map(one => ({ value: `${named} ${one.id}`, label: shorten(`${named}: ${nameOf(one)}`, NAME) }))
}
