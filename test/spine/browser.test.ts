import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type WebAdapter, web } from '../../adapters/web/index.ts'
import { systemClock, systemIds } from '../../src/base/clock.ts'
import { plantSample, sampleNetwork } from '../../src/network/sample.ts'
import { type Bot, createBot } from '../../src/runtime/bot.ts'
import { readCatalogues } from '../../src/texts/texts.ts'
import { textOf as read } from '../adapters/web/page-fixture.ts'
import { type Browser, noBrowser, openBrowser } from '../helpers/browser.ts'
import { PATIENCE_MS } from '../helpers/patience.ts'
import { type TestStore, testStore } from '../store/database.ts'

const texts = readCatalogues([new URL('../../src/', import.meta.url), web.texts])
let stores: TestStore
let browser: Browser
let bot: Bot
let chat: WebAdapter
let page: Page
/** What the browser and the bot complained of. Each test must leave it empty. */
const complaints: string[] = []

/** The real bot with its sample network, in a browser tab that came in by the link. */
async function comeIn(): Promise<() => Promise<void>> {
  const stateDir = await mkdtemp(join(tmpdir(), 'folkmoot-page-'))
  const quiet = (): void => undefined
  const log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (data: object, message: string) => void complaints.push(message + JSON.stringify(data)),
  }
  const bench = {
    words: (locale: string | undefined, key: string, args = {}) => texts.in(locale).named(key, args),
    log,
    now: () => new Date(),
    notice: () => {},
    unread: () => {},
    picture: async () => undefined,
  }
  chat = web.open({ host: '127.0.0.1', port: 0, stateDir, sample: sampleNetwork(texts.in('en')) }, bench)
  bot = createBot({
    ...{ store: await stores.fresh(), adapters: [chat], clock: systemClock, ids: systemIds, log, texts, owner: systemIds.id() },
    lastBackup: async () => undefined,
    onEvent: quiet,
  })
  await plantSample(bot.deps, web.name, texts.in('en'))
  await bot.start(quiet)
  bot.delivery.poke()
  page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', line => line.type() === 'error' && complaints.push(line.text()))
  await page.goto(chat.link)
  await page.waitForSelector('#people label')
  return async () => {
    await page.close()
    await bot.stop()
    await rm(stateDir, { recursive: true, force: true })
    expect(complaints.splice(0)).toEqual([])
  }
}

const isFocused = (where: Locator): Promise<boolean> => where.evaluate(element => element === element.ownerDocument.activeElement)

/** Goes on with Tab until it is there, as somebody without a mouse does. */
async function tabTo(where: Locator, most = 120): Promise<void> {
  await where.waitFor()
  for (let i = 0; i < most; i += 1) {
    if (await isFocused(where)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${where}`)
}

const be = (person: string): Promise<void> => page.check(`#people input[value=${person}]`)
const go = (space: string): Promise<void> => page.click(`[data-chat=${space}]`)
const write = async (words: string): Promise<void> => {
  await page.fill('#words', words)
  await page.keyboard.press('Enter')
}
const posts = (words: string): Locator => page.locator('article[data-ref]').filter({ hasText: words })
const whisper = (): Locator => page.locator('.whisper').last()

/** Ids that stand twice, and fields without a name. */
const flaws = (): Promise<string[]> =>
  page.locator('html').evaluate(html => {
    const all = [...html.querySelectorAll('[id]')].map(element => element.id)
    const fields = [...html.querySelectorAll('input, textarea, select')]
    const nameless = fields.filter(
      field =>
        !field.closest('label') &&
        !html.querySelector(`label[for="${field.id}"]`) &&
        !field.getAttribute('aria-label') &&
        !field.getAttribute('aria-labelledby'),
    )
    return [
      ...all.filter((id, i) => all.indexOf(id) !== i).map(id => `twice: ${id}`),
      ...nameless.map(field => `no label: ${field.outerHTML}`),
    ]
  })

if (noBrowser) process.stderr.write(`The browser chat with the real bot: ${noBrowser}\n`)
describe.skipIf(noBrowser)(noBrowser ? `The browser chat with the real bot (${noBrowser})` : 'The browser chat with the real bot', () => {
  beforeAll(async () => {
    stores = await testStore()
    browser = await openBrowser({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  })
  afterAll(async () => {
    await browser.done()
    await stores.close()
  })
  beforeEach(comeIn)

  test('by keyboard alone a coordinator sets up a poll and posts it; three people answer in two areas; it is closed', async () => {
    await tabTo(page.locator('#people input:checked'))
    while (!(await page.isChecked('#people input[value=jo]'))) await page.keyboard.press('ArrowDown')
    await tabTo(page.locator('[data-chat=ardwick]'))
    await page.keyboard.press('Enter')
    await tabTo(page.locator('#words'))
    await page.keyboard.type('/poll')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open]')
    expect(await isFocused(page.locator('#field-question'))).toBe(true)
    await page.keyboard.type('What matters most?')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Buses')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Parks')
    await page.keyboard.press('Tab')
    await page.keyboard.type('last Tuesday')
    await page.keyboard.press('Enter')
    await expect.poll(() => read(page.locator('#field-closes-error'))).toContain('That time has passed')
    await page.fill('#field-closes', 'tomorrow 6pm')
    await tabTo(page.locator('#form-submit'))
    await page.keyboard.press('Enter')
    await expect.poll(() => read(whisper())).toContain('Your poll, not posted yet')

    await tabTo(whisper().getByRole('button', { name: 'Make it named' }))
    await page.keyboard.press('Enter')
    await expect.poll(() => read(whisper())).toContain('named (coordinators see who chose what)')
    await tabTo(whisper().getByRole('button', { name: 'Where it goes' }))
    await page.keyboard.press('Enter')
    await tabTo(whisper().getByRole('button', { name: 'All chats' }))
    await page.keyboard.press('Enter')
    await expect.poll(() => read(whisper())).toContain('all chats (6 chats)')
    await tabTo(whisper().getByRole('button', { name: 'Post', exact: true }))
    await page.keyboard.press('Enter')
    await expect.poll(() => read(whisper())).toContain('It goes out now to 6 chats.')

    for (const [person, space, option] of [
      ['amina', 'ardwick', '1. Buses'],
      ['dawn', 'ardwick', '2. Parks'],
      ['imran', 'gorton', '1. Buses'],
    ] as const) {
      await be(person)
      await go(space)
      await posts('What matters most?').getByRole('button', { name: option }).click()
      await expect.poll(() => read(whisper())).toContain(`Counted: ${option.slice(3)}.`)
    }
    await expect.poll(() => read(posts('What matters most?').locator('.bars'))).toMatch(/1\. Buses\s+2\s+2\. Parks\s+1/)
    await be('jo')
    await go('ardwick')
    await expect.poll(() => read(posts('What matters most?').locator('.bars'))).toMatch(/1\. Buses\s+2\s+2\. Parks\s+1/)
    await whisper().getByRole('button', { name: 'Close it' }).click()
    await page.fill('#field-outcome', 'We ask for a night bus.')
    await page.click('#form-submit')
    await expect.poll(() => read(posts('Result: What matters most?'))).toContain('We ask for a night bus.')
    await go('gorton')
    await expect.poll(() => read(posts('Result: What matters most?'))).toMatch(/1\. Buses \(most\)\s+2 \(67%\)\s+2\. Parks\s+1 \(33%\)/)
  })

  test('everything that can be used has a name, no id stands twice, and what has the focus shows it', async () => {
    await be('jo')
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    await posts('What matters most?').waitFor()
    await whisper().waitFor()
    const tree = await page.locator('body').ariaSnapshot()
    for (const part of [
      'group "You are"',
      'radio "Jo coordinator" [checked]',
      'navigation "Chats"',
      'log "Messages in Ardwick residents"',
      'heading "What matters most?"',
      'button "1. Buses"',
      'button "My vote"',
      'combobox "Message"',
    ])
      expect(tree).toContain(part)
    expect(
      tree.split('\n').filter(line => /^\s*- (button|link|radio|combobox|textbox|checkbox|dialog|listbox|heading)\s*(\[.*)?:?$/.test(line)),
    ).toEqual([])
    expect(await flaws()).toEqual([])
    await write('/poll')
    await page.waitForSelector('dialog[open]')
    expect(await page.locator('dialog[open]').ariaSnapshot()).toMatch(/textbox "What do you want to ask\?.*"/)
    expect(await flaws()).toEqual([])
    await page.keyboard.press('Escape')
    for (let i = 0; i < 25; i += 1) {
      await page.keyboard.press('Tab')
      const focus = page.locator(':focus')
      if ((await focus.count()) === 0) continue
      const shown = await focus.evaluate(element => {
        const { getComputedStyle } = element.ownerDocument.defaultView ?? {}
        // A radio button shows it on the whole line.
        return [element, element.closest('label') ?? element].some(one => {
          const style = getComputedStyle?.(one)
          return style && ((style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none')
        })
      })
      expect(shown, await focus.evaluate(element => element.outerHTML)).toBe(true)
    }
  })

  test('on a phone everything fits, a poll with long words too', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    const width = (): Promise<number> => page.locator('html').evaluate(html => html.scrollWidth)
    await page.getByRole('button', { name: 'People and chats' }).click()
    await be('jo')
    await go('ardwick')
    const long = 'Ungewöhnlichlangeswort'.repeat(4).slice(0, 80)
    await write(`/poll ${'What matters most to all of us here? '.repeat(7)} | ${long} | ${'many words in one option '.repeat(3)}`)
    await posts('What matters most').waitFor()
    expect(await width()).toBe(360)
    await write('/poll')
    await page.waitForSelector('dialog[open]')
    expect(await width()).toBe(360)
    await page.keyboard.press('Escape')
    await posts('What matters most').getByRole('button', { name: 'My vote' }).click()
    await expect.poll(() => read(whisper())).toContain('You have not answered this one.')
    expect(await width()).toBe(360)
  })
})
