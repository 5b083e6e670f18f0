import { expect, test } from 'vitest'
import { fitInSummary, fitTogether, LIMITS } from '../../src/forums/domain.ts'

test('what is as long as it may be fits into one message; emoji that take twice the room do not', () => {
  const filled = (letter: string) => ({
    theme: letter.repeat(LIMITS.theme),
    about: letter.repeat(LIMITS.about),
    agenda: Array.from({ length: LIMITS.agenda }, () => letter.repeat(LIMITS.item)),
    address: letter.repeat(LIMITS.address),
    directions: letter.repeat(LIMITS.directions),
    link: 'l'.repeat(LIMITS.link),
    host: letter.repeat(LIMITS.host),
    contact: letter.repeat(LIMITS.contact),
  })
  expect(fitTogether(filled('a'))).toBe(true)
  expect(fitTogether(filled('🌳'))).toBe(false)
  const outcomes = (letter: string) => Array.from({ length: LIMITS.outcomes }, () => letter.repeat(LIMITS.outcome))
  expect(fitInSummary({ notes: 'n'.repeat(LIMITS.notes), outcomes: outcomes('a') })).toBe(true)
  expect(fitInSummary({ notes: '', outcomes: outcomes('🌳') })).toBe(false)
})
