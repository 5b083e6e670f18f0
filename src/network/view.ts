import type { Role } from '../community/members.ts'
import { languageName } from '../community/names.ts'
import type { Ctx, Speech } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { quiet, sure, text } from '../kit/page.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Args } from '../texts/texts.ts'
import { fullTime } from '../texts/when.ts'
import { listed } from '../view/direction.ts'
import { sentence, view } from '../view/make.ts'
import type { Button } from '../view/view.ts'

/** What the pages of `/network` have in common. */

/** A button of a network: its token carries the network's id first. */
export function to(networkId: string, action: string, label: string, ...args: readonly (string | number)[]): Button {
  return { label, token: token('network', action, networkId, ...args) }
}

/** Back to the card. */
export function back({ texts: { t } }: Speech, networkId: string, action = 'card', ...args: readonly (string | number)[]): Button {
  return to(networkId, action, t('network-back'), ...args)
}

/** A question with a button for each answer; `last`: the row under them. */
export function menu(ctx: Ctx, key: TextKey, args: Args, answers: readonly Button[], ...last: Button[]): Outcome {
  const { t, locale } = ctx.speech.texts
  return { again: turnTo(ctx, sentence(locale, t(key, args), [...answers.map(one => [one]), last])) }
}

/** "Really?" */
export function confirm(ctx: Ctx, key: TextKey, args: Args, yes: Button, no: Button): Outcome {
  return { again: turnTo(ctx, sure(ctx.speech, { key, args, yes, no })) }
}

interface Code {
  /** What it is, and how it is said. */
  readonly lines: readonly string[]
  readonly link: { readonly label: TextKey; readonly url: string | undefined }
  readonly how: TextKey
  readonly brief: TextKey
  readonly expiresAt: Date
}

/** A code: it is in this answer alone, neither the store nor the guard against repeats keeps it. */
export function shownOnce(ctx: Ctx, networkId: string, { lines, link, how, brief, expiresAt }: Code): Outcome {
  const { t, locale } = ctx.speech.texts
  const blocks = [
    ...lines.map(text),
    ...(link.url ? [{ kind: 'link', label: t(link.label), url: link.url } as const] : []),
    quiet(t(how, { until: fullTime(expiresAt, ctx.speech) })),
  ]
  const buttons = [[to(networkId, 'codes', t('network-do-codes')), back(ctx.speech, networkId)]]
  return { again: turnTo(ctx, view({ lang: locale, blocks, buttons, brief: t(brief) })) }
}

interface Settings {
  readonly contact: string
  readonly locale: string
  readonly zone: string
  readonly hideUnder: number
}

interface Fact {
  readonly name: string
  readonly value: string
}

/** What is set of a network, beside its name. */
export function settingFacts({ contact, locale, zone, hideUnder }: Settings, { texts: { t } }: Speech): readonly Fact[] {
  return [
    { name: t('network-fact-contact'), value: contact || t('network-not-said') },
    { name: t('network-fact-language'), value: languageName(locale) },
    { name: t('network-fact-zone'), value: zone },
    { name: t('network-fact-hide'), value: t('network-hide-value', { n: hideUnder }) },
  ]
}

/** A role in a token, and as it is typed. */
export function roleWord(role: Role): string {
  return role === 'decisionMaker' ? 'decision-maker' : role
}

/** "coordinator", "steering group member", "decision maker". */
export function roleName({ texts: { t } }: Speech, role: Role): string {
  return t('network-role', { role })
}

/** A list of names in one line, or "nobody". `total`: how many there are, where only the first of them were read. */
export function names({ texts: { t } }: Speech, all: readonly string[], total = all.length): string {
  const said = all.length > 0 ? listed(all) : t('network-nobody')
  return total > all.length ? t('network-names-more', { names: said, n: total - all.length }) : said
}
