import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { discordSettings } from '../../adapters/discord/settings.ts'
import { slackSettings } from '../../adapters/slack/settings.ts'
import { telegramSettings } from '../../adapters/telegram/settings.ts'
import { readSettings } from '../../src/base/settings.ts'
import { ROOT, readTree, walk } from './source.ts'

const example = readFileSync(join(ROOT, '.env.example'), 'utf8')
const lines = example.split('\n')

/** `NAME=value` lines, also those that are commented out. */
const shown = new Map(
  lines.flatMap(line =>
    [/^#?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? []].flatMap(([, name, value]) => (name ? [[name, value ?? ''] as const] : [])),
  ),
)

const brought = { ...telegramSettings, ...discordSettings, ...slackSettings }

/** Every setting that is read, by name. */
const read = [...namesOf('src/base/settings.ts', 'common'), ...Object.keys(brought)]

test('.env.example has every setting, and none that is not read', () => {
  expect(read.length).toBeGreaterThan(10)
  expect([...shown.keys()].sort()).toEqual([...read].sort())
})

test('.env.example starts the bot as if it were empty, and shows what stands without it', () => {
  const set = Object.fromEntries(
    lines.flatMap(line => [/^([A-Z_]+)=(.*)$/.exec(line) ?? []].flatMap(([, name, value]) => (name ? [[name, value]] : []))),
  )
  expect(readSettings(set, brought)).toEqual(readSettings({}, brought))
  // Where the store's folder is depends on the working folder and the user.
  const defaults = Object.entries(readSettings({}, brought)).filter(([name, value]) => value !== undefined && name !== 'STATE_DIR')
  for (const [name, value] of defaults) expect(`${name}=${shown.get(name)}`).toBe(`${name}=${value}`)
})

test('the code reads no variable that is no setting', () => {
  const used = readTree(['src', 'adapters'], /\.ts$/).flatMap(({ ast, path }) => {
    const names: string[] = []
    walk(ast, node => {
      if (
        ts.isElementAccessExpression(node) &&
        node.expression.getText(ast) === 'process.env' &&
        ts.isStringLiteral(node.argumentExpression)
      )
        names.push(`${path} ${node.argumentExpression.text}`)
    })
    return names
  })
  expect(used.filter(one => !shown.has(one.split(' ')[1] ?? ''))).toEqual([])
})

/** The names of the properties of an object that a file declares. */
function namesOf(path: string, name: string): readonly string[] {
  const names: string[] = []
  for (const { ast } of readTree([dirname(path)], new RegExp(`^${basename(path)}$`)).filter(one => one.path === path)) {
    walk(ast, node => {
      if (!ts.isVariableDeclaration(node) || node.name.getText(ast) !== name || !node.initializer) return
      if (ts.isObjectLiteralExpression(node.initializer))
        names.push(...node.initializer.properties.map(one => one.name?.getText(ast) ?? ''))
    })
  }
  return names
}
