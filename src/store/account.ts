import fs from 'node:fs'
import path from 'node:path'
import { codeOf, onFolder, StoreError } from './store-error.ts'

/** The user that PostgreSQL runs as, when that is not ourselves. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

export const isRoot = (): boolean => process.getuid?.() === 0

/**
 * Whom PostgreSQL runs as: undefined means as ourselves. It refuses to run as root, so for root it is whoever owns the
 * data folder already, else `nobody`.
 */
function accountFor(dataDir: string): Account | undefined {
  const owner = fs.statSync(dataDir, { throwIfNoEntry: false })
  if (isRoot()) return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody()
  const self = process.getuid?.()
  if (owner && self !== undefined && owner.uid !== self) {
    const message = `The store in ${dataDir} belongs to another user (number ${owner.uid}): run the bot as that user, or set STATE_DIR to another folder.`
    throw new StoreError(message)
  }
  return undefined
}

/** The account `nobody`, or undefined where the system has none. */
export function findNobody(): Account | undefined {
  const lines = fs.existsSync('/etc/passwd') ? fs.readFileSync('/etc/passwd', 'utf8').split('\n') : []
  const fields = lines.find(line => line.startsWith('nobody:'))?.split(':')
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined
}

function nobody(): Account {
  const found = findNobody()
  if (!found)
    throw new StoreError('Running as root, and this system has no user "nobody" for the store: run as another user, or set DATABASE_URL.')
  return found
}

/** Whether an account may pass through a folder and all the folders above it. */
export function canEnter(folder: string, account: Account): boolean {
  const stat = fs.statSync(folder, { throwIfNoEntry: false })
  if (stat && !mayPass(stat, account)) return false
  const above = path.dirname(folder)
  return above === folder || canEnter(above, account)
}

function mayPass(stat: fs.Stats, account: Account): boolean {
  if (stat.uid === account.uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === account.gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}

/** Hands a folder to the account that PostgreSQL runs as, closed to everyone else. */
export function giveTo(folder: string, account: Account | undefined): void {
  fs.chmodSync(folder, 0o700)
  if (!account) return
  try {
    fs.chownSync(folder, account.uid, account.gid)
  } catch (cause) {
    if (['EPERM', 'EINVAL'].includes(codeOf(cause))) throw onlyRoot(cause)
    throw cause
  }
}

/** The error for a container that knows no user but root. */
export function onlyRoot(cause?: unknown): StoreError {
  const message =
    'Running as root where no other user can be used, and PostgreSQL refuses to run as root: run as another user, or set DATABASE_URL to a PostgreSQL server.'
  return new StoreError(message, { cause })
}

/** Makes the state folder, and lets the account pass through it. Returns its real path. */
export function prepareStateDir(stateDir: string, dataFolder: string): { folder: string; account: Account | undefined } {
  return onFolder(path.resolve(stateDir), () => {
    fs.mkdirSync(stateDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
    const folder = fs.realpathSync(stateDir)
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK)
    const account = accountFor(path.join(folder, dataFolder))
    if (!account) return { folder, account }
    const stat = fs.statSync(folder)
    if (!mayPass(stat, account)) fs.chmodSync(folder, (stat.mode & 0o777) | 0o011)
    if (!canEnter(folder, account)) {
      const message = `Running as root, the store runs as another user, and that user may not enter ${folder}: set STATE_DIR to a folder such as /var/lib/folkmoot, or set DATABASE_URL.`
      throw new StoreError(message)
    }
    return { folder, account }
  })
}
