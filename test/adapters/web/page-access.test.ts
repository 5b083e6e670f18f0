import { expect, test } from 'vitest'
import { unreadable } from './contrast.ts'
import { bot, describePage, go, page, post, text, textOf, whispers, write } from './page-fixture.ts'
import { say } from './tiny-bot.ts'

describePage('The page of the browser chat for every reader', () => {
  test('by keyboard: commands and suggestions are offered, taken and put away', async () => {
    await page.focus('#words')
    await page.keyboard.type('/')
    expect(await page.getByRole('option').allInnerTexts()).toEqual(
      [
        '/poll\nAsk a question in one chat or in many',
        '/mine\nWhat waits for you, and what is held about you',
        '/guide\nWhat this bot is and does',
      ].map(text => expect.stringMatching(new RegExp(text.replace('\n', '\\s*')))),
    )
    await page.keyboard.press('ArrowUp')
    expect(await page.getAttribute('#words', 'aria-activedescendant')).toBe('choice-2')
    await page.keyboard.press('ArrowDown')
    expect(await page.getAttribute('#words', 'aria-activedescendant')).toBe(null)
    await page.keyboard.press('ArrowDown')
    expect(await textOf(page.getByRole('option', { selected: true }))).toContain('/poll')
    await page.keyboard.press('Enter')
    expect(await page.inputValue('#words')).toBe('/poll ')
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(['list', 'close', 'remind'])
    await page.keyboard.type('cl')
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(['close'])
    await page.keyboard.press('Escape')
    expect(await page.getAttribute('#words', 'aria-expanded')).toBe('false')
    await page.keyboard.type('o')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await page.inputValue('#words')).toBe('/poll close')
    expect(bot.heard.at(-1)?.event).toMatchObject({ kind: 'suggest', command: 'poll' })
  })

  test('a form says what is wrong where it is wrong, keeps what was typed, and goes on', async () => {
    await go('ardwick')
    await write('/poll')
    await page.waitForSelector('dialog[open]')
    expect(await page.locator(':focus').getAttribute('id')).toBe('field-question')
    await page.keyboard.type('What matters most?')
    await page.keyboard.press('Enter')
    expect(await text('#field-options-error')).toBe('Please fill this in.')
    expect(bot.heard.some(inbound => inbound.event.kind === 'submit')).toBe(false)
    await page.keyboard.type('Buses')
    await page.click('#form-submit')
    await expect.poll(() => text('#field-options-error')).toBe('A poll needs at least two options. Write one on each line.')
    expect(await page.getAttribute('#field-options', 'aria-describedby')).toBe('field-options-hint field-options-error')
    expect(await page.locator(':focus').getAttribute('id')).toBe('field-options')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await write('/poll')
    await page.waitForSelector('dialog[open]')
    expect(await page.inputValue('#field-question')).toBe('What matters most?')
    expect(await page.inputValue('#field-options')).toBe('Buses')
    await page.fill('#field-options', 'Buses\nParks')
    await page.check('input[name=areas][value=gorton]')
    await page.click('#form-submit')
    await expect.poll(() => post().count()).toBe(1)
    expect(await page.locator('dialog[open]').count()).toBe(0)
    expect(bot.heard.at(-1)?.event).toMatchObject({
      values: { question: 'What matters most?', options: 'Buses\nParks', secrecy: 'named', areas: ['gorton'], closes: '' },
    })
  })

  test('a button of a whisper changes that whisper, and the focus stays near', async () => {
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    await whispers().getByRole('button', { name: 'Secret' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => text('.whisper')).toContain('Now it is secret.')
    expect(await page.locator('.whisper:focus-within').count()).toBe(1)
    expect(await textOf(post())).not.toContain('Now it is secret.')
  })

  test('a long chat scrolls in itself: the page has no blank space below', async () => {
    await go('ardwick')
    for (let n = 0; n < 30; n += 1) await bot.adapter.send('web:ardwick', say(`Words ${n}`), `long ${n}`)
    await expect.poll(() => text('#log')).toContain('Words 29')
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0)
  })

  test('on a phone everything fits, and the chats are one tap away, by keyboard too', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('button', { name: 'People and chats' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.locator(':focus').getAttribute('id')).toBe('menu-close')
    await page.keyboard.press('Escape')
    expect(await page.locator(':focus').getAttribute('id')).toBe('menu')
    await page.keyboard.press('Enter')
    await go('ardwick')
    await page.click('#try')
    await page.keyboard.press('Enter')
    await expect.poll(() => post().count()).toBe(1)
    expect(await page.locator('html').evaluate(html => html.scrollWidth)).toBe(360)
    await page.locator('html').evaluate(html => html.style.setProperty('font-size', '200%'))
    expect(await page.locator('html').evaluate(html => html.scrollWidth)).toBe(360)
  })

  test('a screen reader finds names for everything', async () => {
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    await expect.poll(() => whispers().count()).toBe(1)
    const tree = await page.locator('body').ariaSnapshot()
    for (const part of [
      'group "You are"',
      'radio "Amina coordinator" [checked]',
      'navigation "Chats"',
      'log "Messages in Ardwick residents"',
      'heading "What matters most?" [level=3]',
      'button "Reply Folkmoot"',
      'combobox "Message"',
    ])
      expect(tree).toContain(part)
    expect(
      tree.split('\n').filter(line => /^\s*- (button|link|radio|combobox|textbox|checkbox|dialog|listbox)\s*(\[.*)?:?$/.test(line)),
    ).toEqual([])
    expect(await page.getAttribute('html', 'lang')).toBe('en')
  })

  test.each(['light', 'dark'] as const)('every word can be read: contrast in %s', async colorScheme => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await go('ardwick')
    await write('/poll What matters most? | Buses | Parks')
    await write('Good question')
    await expect.poll(() => page.locator('article').count()).toBe(3)
    await bot.adapter.send('web:gorton', say('Hello'), 'k1')
    await expect.poll(() => page.locator('.unread').count()).toBe(1)
    expect(await unreadable(page)).toEqual([])
    await write('/poll')
    await page.waitForSelector('dialog[open]')
    await page.click('#form-submit')
    expect(await unreadable(page)).toEqual([])
  })
})
