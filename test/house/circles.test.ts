import { expect, test } from 'vitest'
import { circleComplaints } from './circles.ts'
import { readTree, source } from './source.ts'

test('no files import each other in a circle, types included', () => {
  expect(circleComplaints(readTree(['src', 'adapters'], /\.[jt]s$/))).toEqual([])
})

test('a circle is noticed, however large; what is loaded later makes none', () => {
  const a = source('src/a.ts', "import type { B } from './b.ts'")
  const b = source('src/b.ts', "import { c } from './c.ts'")
  const c = (text: string) => source('src/c.ts', text)
  expect(circleComplaints([a, b, c("import { a } from './a.ts'")])).toEqual(['src/a.ts, src/b.ts, src/c.ts import each other'])
  expect(circleComplaints([a, b, c("const a = () => import('./a.ts')")])).toEqual([])
})
