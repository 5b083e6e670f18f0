import { expect, test } from 'vitest'
import { encode as discord } from '../../adapters/discord/encode.ts'
import { encode as slack } from '../../adapters/slack/encode.ts'
import { encode as telegram } from '../../adapters/telegram/encode.ts'
import { encodeView as web } from '../../adapters/web/encode.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { numbered } from '../../src/view/direction.ts'
import { view } from '../../src/view/make.ts'

const { t } = readCatalogues([new URL('../../src/', import.meta.url)]).in('en')
const OPTIONS = ['بس سروس (20%)', 'پارک +5', 'Damp homes']
const ROWS = ['1. \u2068بس سروس (20%)\u2069', '2. \u2068پارک +5\u2069', '3. Damp homes']

const poll = view({
  lang: 'en',
  brief: 'سب سے اہم کیا ہے؟',
  blocks: [
    { kind: 'title', text: 'سب سے اہم کیا ہے؟' },
    { kind: 'text', text: t('polls-receipt-counted', { chosen: OPTIONS[1] ?? '', max: 1 }) },
    { kind: 'bars', rows: OPTIONS.map((text, i) => ({ label: numbered(i + 1, text), count: String(40 + i), share: 0.3 })) },
    { kind: 'facts', rows: [{ name: 'Area', value: 'حی 7' }] },
  ],
  buttons: OPTIONS.map((text, i) => [{ label: numbered(i + 1, text), token: `polls_v_abc_${i + 1}` }]),
})

const drawn = { discord: discord(poll).body, slack: slack(poll)?.blocks, telegram: telegram(poll), web: web(poll) }

test.each(Object.entries(drawn))('a poll with options in Urdu stands on %s as it was written', (_platform, message) => {
  // Marks of Discord's own stand before signs that would be one.
  const words = JSON.stringify(message).replaceAll('\\\\', '')
  for (const row of ROWS) expect(words.split(row).length - 1, row).toBe(2)
  expect(words).toContain('Counted: \u2068پارک +5\u2069.')
  expect(words).not.toContain('\u2068سب')
})
