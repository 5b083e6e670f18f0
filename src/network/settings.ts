import { LIMITS, languageName, readHideUnder, readName, readZone } from '../community/names.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo } from '../feature/replies.ts'
import { page } from '../kit/page.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Network } from '../store/generated/client.ts'
import type { TextKey } from '../texts/keys.ts'
import { alike, sanitize, tooLong } from '../view/sanitize.ts'
import type { View } from '../view/view.ts'
import type { Acting } from './permissions.ts'
import { type Question, question } from './question.ts'
import { back, menu, settingFacts, to } from './view.ts'

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
        rows: [{ name: t('network-fact-name'), value: network.name }, ...settingFacts(network, speech)],
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
  return tooLong(contact, LIMITS.contact) === undefined ? contact : undefined
}

async function save(acting: Acting, data: Change): Promise<Outcome> {
  const { ctx } = acting
  const network = await ctx.tx.network.update({ where: { id: acting.network.id }, data })
  if ('hideUnder' in data) await acting.tools.deps.publish(ctx.tx, 'numbers hidden', { networkId: network.id, under: data.hideUnder })
  return turnTo(ctx, settingsPage({ ...acting, network }, ctx.speech.texts.t('network-saved')))
}

/** The languages that there are texts in. */
export async function language(acting: Acting, [choice]: readonly string[]): Promise<Outcome> {
  const { ctx, network, tools } = acting
  const { locales } = tools.deps.texts
  const found = locales.find(one => alike(one, choice ?? ''))
  if (found) return save(acting, { locale: found })
  const answers = locales.map(one => ({
    ...to(network.id, 'lang', languageName(one), one),
    ...(one === network.locale && { chosen: true }),
  }))
  return menu(ctx, 'network-language-question', { n: locales.length }, answers, back(ctx.speech, network.id, 'settings'))
}
