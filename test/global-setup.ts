import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import type { Log } from '../src/base/log.ts'
import { startEmbedded } from '../src/store/embedded.ts'
import { openStore } from '../src/store/open.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server for all tests of this run, and the name of its migrated, empty template database. */
    database: { url: string; template: string }
  }
}

const log: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (data, message) => process.stderr.write(`${message} ${JSON.stringify(data)}\n`),
}

/** Starts one PostgreSQL for the whole run, or uses the one in TEST_DATABASE_URL, and makes the template of all test databases. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer()
  const template = `folkmoot_template_${process.pid}`
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${template}`)
  const store = await openStore({ stateDir: '', databaseUrl: databaseUrl(server.url, template), log })
  await store.close()
  await admin.end()
  project.provide('database', { url: server.url, template })
  return () => server.stop(template)
}

/** The same server, another database. */
function databaseUrl(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

interface TestServer {
  readonly url: string
  stop(template: string): Promise<void>
}

async function testServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: template => drop(given, template) }
  const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'folkmoot-test-'))
  // Lost at a power cut and never tidied up, which is as well for tests, and faster.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    autovacuum: 'off',
    jit: 'off',
  }
  const server = await startEmbedded({ stateDir, log, settings })
  const { host, port, user, password } = server.connection
  const login = password === undefined ? user : `${user}:${password}`
  const url = path.isAbsolute(host)
    ? `postgresql://${login}@localhost/postgres?host=${host}`
    : `postgresql://${login}@${host}:${port}/postgres`
  const stop = async () => {
    await server.stop()
    fs.rmSync(stateDir, { recursive: true, force: true })
  }
  return { url, stop }
}

async function drop(url: string, template: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`DROP DATABASE IF EXISTS ${template}`)
  await admin.end()
}
