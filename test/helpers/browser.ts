import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

/** Where Chromium is: `CHROMIUM`, else where Debian puts it; undefined where there is none. */
export const browserPath = [process.env['CHROMIUM'], '/usr/bin/chromium'].find(
  (path): path is string => path !== undefined && existsSync(path),
)

/** Why the tests of a page are left out, as a line for their report; undefined where they can run. */
export const noBrowser =
  browserPath === undefined ? 'SKIPPED: no Chromium here (install Debian’s chromium, or set CHROMIUM to its path)' : undefined

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Browser extends BrowserContext {
  /** Closes it and removes its profile. */
  done(): Promise<void>
}

/** A headless Chromium with a profile of its own. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<Browser> {
  if (browserPath === undefined) throw new Error(noBrowser)
  const profile = await mkdtemp(join(tmpdir(), 'folkmoot-browser-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath: browserPath, headless: true, args: FLAGS, ...options })
  return Object.assign(context, {
    async done() {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  })
}
