import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { type Browser, noBrowser, openBrowser } from '../../helpers/browser.ts'
import { PATIENCE_MS } from '../../helpers/patience.ts'
import { startBot, type TinyBot } from './tiny-bot.ts'

/** One browser for a file; for each test a fresh bot and a fresh tab that came in by the link. */
export let page: Page
export let bot: TinyBot
/** What the browser complained of: a script that failed, something that the page's own rules forbid. Each test must leave it empty. */
export const complaints: string[] = []
let browser: Browser

/** Tests of the page, or one line that says why they are left out. */
export function describePage(name: string, tests: () => void): void {
  if (noBrowser) process.stderr.write(`${name}: ${noBrowser}\n`)
  describe.skipIf(noBrowser)(noBrowser ? `${name} (${noBrowser})` : name, () => {
    beforeAll(async () => {
      browser = await openBrowser({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Asia/Karachi' })
    })
    afterAll(() => browser.done())
    beforeEach(comeIn)
    tests()
  })
}

async function comeIn(): Promise<() => Promise<void>> {
  bot = await startBot()
  page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', line => line.type() === 'error' && complaints.push(line.text()))
  await page.goto(bot.adapter.link)
  await page.waitForSelector('#people label')
  return async () => {
    await page.close()
    await bot.stop()
    expect(complaints.splice(0)).toEqual([])
  }
}

export const be = (person: string): Promise<void> => page.check(`#people input[value=${person}]`)
export const go = (chat: string): Promise<void> => page.click(`[data-chat=${chat}]`)
export const whispers = (): Locator => page.locator('.whisper')
export const text = (selector: string): Promise<string> => textOf(page.locator(selector))
/** What the reader sees, not what the page holds. */
export const textOf = (where: Locator): Promise<string> => where.innerText()
export const post = (): Locator => page.locator('article[data-ref]').filter({ hasText: 'What matters most?' }).first()
export const tap = (label: string): Promise<void> => post().getByRole('button', { name: label, exact: true }).click()

export async function write(words: string): Promise<void> {
  await page.fill('#words', words)
  await page.keyboard.press('Enter')
}
