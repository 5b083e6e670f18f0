import { describe, expect, test } from 'vitest'
import { LIMITS, mayTryAgain, nameOf, parts, readLink, stageOf, statusOf, tidy } from '../../src/announcements/domain.ts'

describe('links', () => {
  test.each([
    { said: 'https://example.org/pick', url: 'https://example.org/pick' },
    { said: ' HTTP://Example.org ', url: 'http://example.org/' },
    { said: 'example.org/pick?when=sat#top', url: 'https://example.org/pick?when=sat#top' },
    { said: 'example.org:8080/pick', url: 'https://example.org:8080/pick' },
    { said: 'https://bücher.example/', url: 'https://xn--bcher-kva.example/' },
  ])('$said leads to $url', ({ said, url }) => {
    expect(readLink(said)).toEqual({ url })
  })

  test.each([
    'javascript:alert(1)',
    'JavaScript://example.org/%0aalert(1)',
    'java\nscript:alert(1)',
    'data:text/html,hello',
    'file:///etc/passwd',
    'mailto:jo@example.org',
    'https://bank.example@evil.example/',
    'https://localhost/',
    'https:///x',
    'example',
    'two words.org',
    '<https://example.org>',
    'https://.',
  ])('%s is refused', said => {
    expect(readLink(said)).toEqual({ key: 'announcements-wrong-link' })
  })

  test('a link that is too long is refused, also one that only becomes so', () => {
    expect(readLink(`https://example.org/${'x'.repeat(LIMITS.link)}`)).toMatchObject({ key: 'announcements-wrong-link-long' })
    expect(readLink(`https://example.org/${'é'.repeat(LIMITS.link - 40)}`)).toMatchObject({ key: 'announcements-wrong-link-long' })
  })
})

describe('words', () => {
  test.each([
    { said: '  Tea  \n\n\n\nat ten \n', is: 'Tea\n\nat ten' },
    { said: 'T\u0000ea\u202E', is: 'Tea' },
    { said: ' \n ', is: '' },
  ])('$said', ({ said, is }) => {
    expect(tidy(said)).toBe(is)
  })

  test('the first line is a title where more follows, and it is short', () => {
    expect(parts('Litter pick\n\nBring gloves.')).toEqual({ title: 'Litter pick', text: 'Bring gloves.' })
    expect(parts('Litter pick')).toEqual({ text: 'Litter pick' })
    expect(parts(`${'x'.repeat(121)}\nmore`)).toEqual({ text: `${'x'.repeat(121)}\nmore` })
  })

  test('a name is one short line', () => {
    expect(nameOf('Litter pick\non Saturday')).toBe('Litter pick on Saturday')
    expect(nameOf('x'.repeat(100))).toHaveLength(60)
  })
})

describe('how a post stands', () => {
  const now = new Date('2026-11-07T10:00:00Z')
  const course = { state: 'standing', postsAt: now, lateHours: 12, changedAt: null, struckIn: [] }
  const coming = { ...course, postsAt: new Date('2026-11-08T10:00:00Z') }
  const late = { ...course, postsAt: new Date('2026-11-06T10:00:00Z') }
  const withdrawn = { ...course, state: 'withdrawn', struckIn: ['there'] }

  test('coming, out, withdrawn', () => {
    expect([coming, course, withdrawn].map(one => stageOf(one, now))).toEqual(['coming', 'out', 'withdrawn'])
  })

  test.each([
    { state: 'waiting', one: coming, status: 'coming' },
    { state: 'waiting', one: course, status: 'soon' },
    { state: 'waiting', one: course, why: 'forbidden: no', status: 'trying' },
    { state: 'waiting', one: late, status: 'missed' },
    { state: 'missed', one: late, why: 'late', status: 'missed' },
    { state: 'sent', one: course, status: 'sent' },
    { state: 'sent', one: { ...course, changedAt: now }, why: 'forbidden: no', status: 'stale' },
    { state: 'sent', one: withdrawn, status: 'going' },
    { state: 'sent', one: withdrawn, spaceId: 'there', status: 'struck' },
    { state: 'removed', one: withdrawn, why: 'retired', status: 'withdrawn' },
    { state: 'removed', one: course, why: 'gone', status: 'deleted' },
    { state: 'removed', one: course, why: 'nothing to say', status: 'left-out' },
    { state: 'failed', one: course, why: 'refused: bad', status: 'refused' },
    { state: 'failed', one: course, why: 'too long', status: 'long' },
    { state: 'failed', one: course, why: 'not drawn', status: 'failed' },
    { state: 'gone', one: course, why: 'space gone', status: 'gone' },
    { state: 'unsure', one: course, why: 'cut off', status: 'unsure' },
  ])('$state ($why) is $status', ({ state, one, why = null, spaceId = null, status }) => {
    expect(statusOf({ state, why, spaceId }, one, now)).toBe(status)
  })

  test('only what surely does not stand there is tried again', () => {
    const all = [
      'sent',
      'stale',
      'going',
      'struck',
      'coming',
      'soon',
      'trying',
      'missed',
      'withdrawn',
      'deleted',
      'left-out',
      'refused',
      'long',
      'failed',
      'gone',
      'unsure',
    ]
    expect(all.filter(mayTryAgain)).toEqual(['missed', 'refused', 'long', 'failed'])
  })
})
