import { LIMITS, languageName, readHideUnder, readName, readZone } from '../community/names.ts'
import type { Outcome } from '../feature/feature.ts'
import { ask, turnTo, unchanged, whisper } from '../feature/replies.ts'
import { token } from '../feature/token.ts'
import { page } from '../kit/page.ts'
import type { TextKey } from '../texts/keys.ts'
import { sentence } from '../view/make.ts'
import { alike, sanitize } from '../view/sanitize.ts'
import type { Button, Form, View } from '../view/view.ts'
import { contactForm, hideForm, nameForm, zoneForm } from './forms.ts'
import type { Acting } from './permissions.ts'
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

/** One thing that can be set with words: how they are read, and the form that asks for them. */
interface Setting {
  readonly field: string
  read(words: string): Change | undefined
  readonly wrong: TextKey
  form(acting: Acting, token: string, value?: string): Form
}

const SETTINGS = {
  name: {
    field: 'name',
    read: words => one(readName(words, LIMITS.network), name => ({ name })),
    wrong: 'network-name-wrong',
    form: ({ ctx, network }, to, value = network.name) => nameForm(ctx.speech, to, value),
  },
  contact: {
    field: 'contact',
    read: words => one(readContact(words), contact => ({ contact })),
    wrong: 'network-contact-wrong',
    form: ({ ctx, network }, to, value = network.contact) => contactForm(ctx.speech, to, value),
  },
  zone: {
    field: 'zone',
    read: words => one(readZone(words), zone => ({ zone })),
    wrong: 'network-zone-wrong',
    form: ({ ctx, network }, to, value = network.zone) => zoneForm(ctx.speech, to, value),
  },
  hide: {
    field: 'hide',
    read: words => one(readHideUnder(words), hideUnder => ({ hideUnder })),
    wrong: 'network-hide-wrong',
    form: ({ ctx, network }, to, value = String(network.hideUnder)) => hideForm(ctx.speech, to, value),
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

function one<T>(read: T | undefined, change: (read: T) => Change): Change | undefined {
  return read === undefined ? undefined : change(read)
}

function readContact(words: string): string | undefined {
  const contact = sanitize(words).trim()
  return contact.length <= LIMITS.contact ? contact : undefined
}

export function openSetting(name: SettingName): (acting: Acting) => Promise<Outcome> {
  return async acting => ({ again: ask(SETTINGS[name].form(acting, token('network', name, acting.network.id))) })
}

export function submitSetting(
  name: SettingName,
): (acting: Acting, args: readonly string[], values: Readonly<Record<string, string>>) => Promise<Outcome> {
  return async (acting, _args, values) => {
    const { field, wrong, form, read }: Setting = SETTINGS[name]
    const words = values[field] ?? ''
    const change = read(words)
    if (change) return save(acting, change)
    const again = form(acting, token('network', name, acting.network.id), words)
    return { again: [{ kind: 'wrong', form: again, fields: { [field]: acting.ctx.speech.texts.t(wrong, args(name)) } }] }
  }
}

/** `/network zone London` and the like; without words, the form. */
export async function settingWords(acting: Acting, name: SettingName, words: string): Promise<Outcome> {
  if (!words.trim()) return openSetting(name)(acting)
  const change = SETTINGS[name].read(words)
  return change ? save(acting, change) : unchanged(acting.ctx, SETTINGS[name].wrong, args(name))
}

function args(name: SettingName): Record<string, number> {
  if (name === 'name') return LIMITS.network
  return name === 'hide' ? LIMITS.hideUnder : { max: LIMITS.contact }
}

async function save(acting: Acting, data: Change): Promise<Outcome> {
  const { ctx } = acting
  const network = await ctx.tx.network.update({ where: { id: acting.network.id }, data })
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
  return {
    again: turnTo(
      ctx,
      sentence(locale, t('network-language-question', { n: locales.length }), [...rows, [back(ctx.speech, network.id, 'settings')]]),
    ),
  }
}
