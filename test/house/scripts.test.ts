import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './source.ts'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly hasInstallScript?: boolean }>>
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

/** Packages of a lock file that bring an install script, our own left out. */
function withScripts({ packages }: Lock): readonly string[] {
  const found = Object.entries(packages).filter(([path, { hasInstallScript }]) => path !== '' && hasInstallScript)
  return [
    ...new Set(found.map(([path, { name }]) => name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))),
  ].sort()
}

test('the install scripts of all dependencies are denied, each by its name', () => {
  const { allowScripts } = read('package.json') as { readonly allowScripts: Readonly<Record<string, unknown>> }
  const scripts = withScripts(read('package-lock.json') as Lock)
  expect(scripts.length).toBeGreaterThan(3)
  expect(Object.keys(allowScripts).sort()).toEqual(scripts)
  expect(Object.values(allowScripts).filter(allowed => allowed !== false)).toEqual([])
})

test('one that nobody has looked at stops the install', () => {
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^strict-allow-scripts=true$/m)
})

test('a package inside another one, or under another name, is found too', () => {
  const packages = {
    '': { hasInstallScript: true },
    'node_modules/quiet': {},
    'node_modules/@a/b': { hasInstallScript: true },
    'node_modules/quiet/node_modules/loud': { hasInstallScript: true },
    'node_modules/alias': { name: 'real', hasInstallScript: true },
  }
  expect(withScripts({ packages })).toEqual(['@a/b', 'loud', 'real'])
})
