import { expect, test } from 'vitest'
import { formOf, items, link, sheet, taken, when, whole, words } from '../../src/kit/forms.ts'
import { eventOf } from './on.ts'

interface Fair {
  readonly name: string
  readonly stalls: string[]
  readonly page: string | null
  readonly visitors: number | null
  readonly opens: string | null
}

const FAIR = sheet<Fair>({
  ...{ title: 'forums-form-title', submit: 'forums-form-save' },
  asks: [
    words('name', 'line', {
      ...{ label: 'forums-field-theme', hint: 'forums-hint-theme', required: true, max: 10 },
      wrong: { none: 'forums-wrong-no-theme', long: 'forums-wrong-long' },
    }),
    items('stalls', { label: 'forums-field-agenda' }, typed => (typed === '' ? { key: 'forums-wrong-no-time' } : typed.split(','))),
    link('page', { label: 'forums-field-link' }, typed => (typed.includes('.') ? { url: typed } : { key: 'forums-wrong-link' })),
    whole('visitors', {
      ...{ label: 'forums-field-capacity', from: 1, to: 50, none: null },
      wrong: { key: 'forums-wrong-capacity', args: { most: 50 } },
    }),
    when<Fair>(
      { name: 'opens', label: 'forums-field-when', hint: 'forums-hint-when', pick: 'forums-hint-when', now: ({ opens }) => opens },
      at => ({ changes: { opens: at.toISOString() } }),
      () => ({ changes: { opens: null } }),
    ),
  ],
  check: ({ stalls, visitors }) =>
    visitors !== null && visitors < stalls.length ? { visitors: { key: 'forums-wrong-full', args: { left: visitors } } } : undefined,
})

const now: Fair = { name: 'Spring', stalls: ['tea', 'books'], page: 'https://a.org', visitors: 9, opens: '2026-12-01T10:00:00.000Z' }
const on = { ctx: eventOf('coordinator'), now }
const right = { name: ' Au  tumn ', stalls: 'tea', page: '', visitors: '', opens: '' }
const read = (typed: Readonly<Record<string, string>>) => FAIR.read(on, { values: { ...right, ...typed }, files: {} })

test('a form shows what is set; a time as a moment for a picker', () => {
  const form = formOf('a_b', FAIR, on)
  expect(form).toMatchObject({ token: 'a_b', title: 'A new forum', submit: 'Save', lang: 'en' })
  expect(form.fields.map(({ name, value, at }) => [name, value ?? at])).toEqual([
    ...[
      ['name', 'Spring'],
      ['stalls', 'tea\nbooks'],
      ['page', 'https://a.org'],
      ['visitors', '9'],
    ],
    ['opens', '2026-12-01T10:00:00.000Z'],
  ])
  expect(form.fields[0]).toMatchObject({ kind: 'line', required: true, max: 10 })
  expect(form.fields[1]).toMatchObject({ kind: 'lines', required: false })
})

test('where it comes back it shows what was typed', () => {
  const { fields } = formOf('a_b', FAIR, on, { name: 'Summer', stalls: '', opens: 'in a year' })
  expect(fields.map(({ value }) => value)).toEqual(['Summer', undefined, 'https://a.org', '9', 'in a year'])
  expect(fields[4]).not.toHaveProperty('at')
})

test.each([
  [{}, { name: 'Au tumn', stalls: ['tea'], page: null, visitors: null, opens: null }],
  [{ page: 'b.org' }, { page: 'b.org' }],
  [{ visitors: '50' }, { visitors: 50 }],
  [{ opens: 'tomorrow 10am' }, { opens: '2026-11-03T10:00:00.000Z' }],
])('%j is taken', async (typed, changes) => {
  expect(await read(typed)).toMatchObject({ changes })
})

test.each([
  [{ name: ' ' }, 'name', 'theme is missing'],
  [{ name: 'eleven long' }, 'name', '11'],
  [{ page: 'nowhere' }, 'page', 'cannot use that link'],
  [{ visitors: '51' }, 'visitors', '50'],
  [{ visitors: '1.5' }, 'visitors', '50'],
  [{ opens: 'some day' }, 'opens', ''],
  [{ stalls: 'a,b,c', visitors: '2' }, 'visitors', '2'],
])('%j is refused', async (typed, field, said) => {
  const taken = await read(typed)
  expect('wrong' in taken && Object.keys(taken.wrong)).toEqual([field])
  expect('wrong' in taken && taken.wrong[field]).toContain(said)
})

test('what is wrong by itself is told before what does not fit together', async () => {
  const taken = await read({ stalls: 'a,b,c,d,e,f,g,h,i,j', visitors: '0' })
  expect(taken).toMatchObject({ wrong: { visitors: expect.stringContaining('50') } })
})

test('a form that is wrong comes back, and nothing is done', async () => {
  const submit = { values: { ...right, name: '' }, files: {} }
  const outcome = await taken('a_b', FAIR, on, submit, () => [])
  expect(outcome).toMatchObject({ again: [{ kind: 'wrong', form: { token: 'a_b' }, fields: { name: expect.any(String) } }] })
})
