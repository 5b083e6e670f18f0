import axe from 'axe-core'
import { expect, test } from 'vitest'
import { describePage, go, page, whispers, write } from './page-fixture.ts'

interface Flaw {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds fault with in the page as it stands. */
async function flaws(): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run(document).then(({ violations }) => violations)')) as readonly Flaw[]
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

describePage('The page of the browser chat, looked over', () => {
  test.each(['light', 'dark'] as const)('nothing stands in the way of anybody, on a phone in %s', async colorScheme => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await flaws()).toEqual([])
    await page.click('#menu')
    expect(await flaws()).toEqual([])
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    await write('/poll What else? | Trees | Bins')
    await expect.poll(() => whispers().count()).toBe(2)
    expect(await flaws()).toEqual([])
    await write('/poll')
    await page.waitForSelector('dialog[open]')
    expect(await flaws()).toEqual([])
  })
})
