import { describe, expect, test } from 'vitest'
import { capabilities as discord } from '../../adapters/discord/capabilities.ts'
import { encode as encodeDiscord } from '../../adapters/discord/encode.ts'
import { capabilities as slack } from '../../adapters/slack/capabilities.ts'
import { capabilities as telegram } from '../../adapters/telegram/capabilities.ts'
import { encode as encodeTelegram } from '../../adapters/telegram/encode.ts'
import { capabilities as web } from '../../adapters/web/capabilities.ts'
import { checkBeside, LIMITS } from '../../src/announcements/domain.ts'
import { postView } from '../../src/announcements/view-post.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { fit as fitted } from '../../src/view/fit.ts'
import { plain } from '../../src/view/plain.ts'

const now = new Date('2026-11-22T10:00:00Z')
const texts = readCatalogues([new URL('../../src/', import.meta.url)]).in('en')
const speech = { texts, locale: 'en', zone: 'Europe/London', now }
const PICTURE = { id: 'p', name: 'p.png', mime: 'image/png', about: 'A garden' }
const PICK = {
  state: 'standing' as const,
  words: 'Litter pick\nBring gloves.',
  link: 'https://example.org/pick',
  changedAt: null,
  picture: null,
}

test('people’s own words stand first; where a link leads is said', () => {
  expect(plain(postView(PICK, speech))).toBe('Litter pick\nBring gloves.\nRead more (example.org): https://example.org/pick')
})

test('a change and a withdrawal are marked', () => {
  expect(plain(postView({ ...PICK, changedAt: now }, speech))).toContain('Changed Sunday 22 November, 10:00')
  const gone = postView({ ...PICK, state: 'withdrawn' }, speech)
  expect(gone.blocks).toEqual([
    { kind: 'text', text: 'This announcement was withdrawn. What it said no longer holds:' },
    { kind: 'struck', text: PICK.words },
  ])
})

describe('the longest there can be stays one message', () => {
  const line = `${'w'.repeat(99)}\n`
  const longest = {
    words: { plainly: 'w'.repeat(LIMITS.words), 'in lines': line.repeat(LIMITS.words / 100), 'of signs': '*_~`'.repeat(LIMITS.words / 4) },
    link: `https://${'x'.repeat(50)}.example/`.padEnd(LIMITS.link, 'y'),
  }
  const platforms = { discord, slack, telegram, web }
  const cases = Object.entries(longest.words).flatMap(([how, words]) =>
    (['standing', 'withdrawn'] as const).map(state => ({ how, words, state })),
  )

  test.each(cases)('$state, $how', ({ words, state }) => {
    const view = postView({ state, words, link: longest.link, changedAt: now, picture: null }, speech)
    for (const [name, can] of Object.entries(platforms)) expect(fitted(view, can.limits), name).toHaveLength(1)
    const [component] = encodeDiscord(view).body.components
    expect(component && 'content' in component ? component.content.length : 0).toBeLessThanOrEqual(discord.limits.text)
  })

  test.each(['https://example.org/x', `https://${'a.'.repeat(120)}example.org/`])('beside a picture, with a link to %s', link => {
    const about = 'A garden. '.repeat(30).trim()
    const room = LIMITS.beside - about.length - link.length - new URL(link).host.length
    const one = { state: 'standing' as const, words: 'w'.repeat(room), link, changedAt: now, picture: { ...PICTURE, about } }
    expect(checkBeside(one)).toBeUndefined()
    expect(checkBeside({ ...one, words: `${one.words}w` })).toMatchObject({ args: { length: LIMITS.beside + 1 } })
    const view = postView(one, speech)
    for (const [name, can] of Object.entries(platforms)) expect(fitted(view, can.limits), name).toHaveLength(1)
    expect(encodeTelegram(view).text.length).toBeLessThanOrEqual(telegram.limits.caption)
  })

  test('a form on every platform takes as many characters', () => {
    // The fewest that a field of several lines takes anywhere.
    expect(LIMITS.words).toBeLessThanOrEqual(3000)
  })
})
