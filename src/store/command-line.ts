import fs from 'node:fs'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { createLog, type Log } from '../base/log.ts'
import { defaultStateDir } from './state-dir.ts'
import { StoreError } from './store-error.ts'

/** Whether this module is the program that was started, and not a part of another one. */
export function isProgram(moduleUrl: string): boolean {
  const started = process.argv[1]
  return started !== undefined && pathToFileURL(fs.realpathSync(started)).href === moduleUrl
}

/** Where the store is, by the environment and by `.env` in the working folder. */
export function storeFromEnv(): { stateDir: string; databaseUrl: string | undefined; unsaved: boolean } {
  if (fs.existsSync('.env')) process.loadEnvFile('.env')
  return {
    stateDir: process.env['STATE_DIR'] || defaultStateDir(),
    databaseUrl: process.env['DATABASE_URL'] || undefined,
    unsaved: process.env['UPGRADE_BACKUP'] === 'off',
  }
}

type Work = (args: readonly string[], say: (line: string) => void, log: Log) => Promise<void>

/** Runs a command line program. What a person can put right is told in one line; the exit code is then 1, or 2 for wrong usage. */
export async function runProgram(usage: string, expected: number, work: Work): Promise<void> {
  const args = process.argv.slice(2)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  if (args.length !== expected) {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
    return
  }
  try {
    await work(args, say, createLog('warn'))
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
