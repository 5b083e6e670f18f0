import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fingerprint, noteOf } from './checked.ts'

// `npm run platforms`: runs the tests of the loop-back platforms, and notes that they passed. Noted is what stood before they began.
const before = fingerprint()
const { status } = spawnSync('npx', ['vitest', 'run', 'test/platforms'], { stdio: 'inherit', shell: process.platform === 'win32' })
if (status === 0) {
  const { file, text } = noteOf(before)
  writeFileSync(file, text)
}
process.exitCode = status ?? 1
