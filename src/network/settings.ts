import { LIMITS, languageName, readHideUnder, readName, readZone } from '../community/names.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo, whisper } from '../feature/replies.ts'
import { page } from '../kit/page.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Network } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { alike, sanitize } from '../view/sanitize.ts'
import type { Button, View } from '../view/view.ts'
import type { Acting } from './permissions.ts'
import { type Question, question } from './question.ts'
import { back, to } from './view.ts'

/** What a network is called, speaks, and says of itself. */

export async function settings(acting: Acting): Promise<Outcome> {
  return { again: turnTo(acting.ctx, settingsPage(acting)) }
}

function settingsPage({ ctx, network }: Acting, said?: string): View {
  const { speech } = ctx
  const { t } = speech.texts
  const go = (action: string, key: TextKey) => to(network.id, action, t(key))
  return page(speech, {
    title: t('network-settings-title'),
    note: said,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { name: t('network-fact-name'), value: network.name },
          { name: t('network-fact-contact'), value: network.contact || t('network-not-said') },
          { name: t('network-fact-language'), value: languageName(network.locale) },
          { name: t('network-fact-zone'), value: network.zone },
          { name: t('network-fact-hide'), value: t('network-hide-value', { n: network.hideUnder }) },
        ],
      },
    ],
    rows: [
      [go('name', 'network-do-name'), go('contact', 'network-do-contact')],
      [go('lang', 'network-do-language'), go('zone', 'network-do-zone')],
      [go('hide', 'network-do-hide'), back(speech, network.id)],
    ],
  })
}

type Change = { name: string } | { contact: string } | { zone: string } | { hideUnder: number } | { locale: string }

export const ZONE = { name: 'zone', required: true, max: 60 } as const

/** One thing of a network that is set with words. */
function setting(
  action: 'name' | 'contact' | 'zone' | 'hide',
  field: Omit<Question<Acting>['field'], 'name'>,
  value: (network: Network) => string,
  read: (words: string) => Change | undefined,
  wrong: Refusal,
): ReturnType<typeof question<Acting>> {
  return question({
    ...{ action, key: `network-form-${action}`, field: { name: action, ...field } },
    find: async acting => acting,
    value: acting => value(acting.network),
    async does(acting, _, words) {
      const change = read(words)
      return change ? save(acting, change) : { wrong }
    },
  })
}

function one<T>(read: T | undefined, change: (read: T) => Change): Change | undefined {
  return read === undefined ? undefined : change(read)
}

export const SETTINGS = {
  name: setting(
    'name',
    { required: true, max: LIMITS.network.max },
    network => network.name,
    words => one(readName(words, LIMITS.network), name => ({ name })),
    { key: 'network-name-wrong', args: LIMITS.network },
  ),
  contact: setting(
    'contact',
    { kind: 'lines', required: false, max: LIMITS.contact },
    network => network.contact,
    words => one(readContact(words), contact => ({ contact })),
    { key: 'network-contact-wrong', args: { max: LIMITS.contact } },
  ),
  zone: setting(
    'zone',
    ZONE,
    network => network.zone,
    words => one(readZone(words), zone => ({ zone })),
    { key: 'network-zone-wrong' },
  ),
  hide: setting(
    'hide',
    { required: true, max: 2 },
    network => String(network.hideUnder),
    words => one(readHideUnder(words), hideUnder => ({ hideUnder })),
    { key: 'network-hide-wrong', args: LIMITS.hideUnder },
  ),
}

function readContact(words: string): string | undefined {
  const contact = sanitize(words).trim()
  return contact.length <= LIMITS.contact ? contact : undefined
}

/** `/network zone London` and the like; without words, the form. */
export async function settingWords(acting: Acting, name: keyof typeof SETTINGS, words: string): Promise<Outcome> {
  return words.trim() ? SETTINGS[name].say(acting, acting, words) : SETTINGS[name].open(acting, [], {})
}

async function save(acting: Acting, data: Change): Promise<Outcome> {
  const { ctx } = acting
  const network = await ctx.tx.network.update({ where: { id: acting.network.id }, data })
  if ('hideUnder' in data) await acting.tools.deps.publish(ctx.tx, 'numbers hidden', { networkId: network.id, under: data.hideUnder })
  const page = settingsPage({ ...acting, network }, ctx.speech.texts.t('network-saved'))
  return ctx.inbound.event.kind === 'press' ? turnTo(ctx, page) : whisper(page)
}

/** The languages that there are texts in. */
export async function language(acting: Acting, [choice]: readonly string[]): Promise<Outcome> {
  const { ctx, network, tools } = acting
  const { t, locale } = ctx.speech.texts
  const { locales } = tools.deps.texts
  const found = locales.find(one => alike(one, choice ?? ''))
  if (found) return save(acting, { locale: found })
  const rows = locales.map((one): Button[] => [
    { ...to(network.id, 'lang', languageName(one), one), ...(one === network.locale ? { chosen: true } : {}) },
  ])
  const question = t('network-language-question', { n: locales.length })
  return { again: turnTo(ctx, sentence(locale, question, [...rows, [back(ctx.speech, network.id, 'settings')]])) }
}
