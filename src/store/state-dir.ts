import path from 'node:path'
import { canEnter, findNobody, isRoot } from './account.ts'

const system = '/var/lib/folkmoot'

/**
 * The state folder when STATE_DIR is not set: `data` in the working folder. For root, whose store runs as `nobody`, it is
 * /var/lib/folkmoot where that user may not enter the working folder (say /root/folkmoot).
 */
export function defaultStateDir(workingFolder = process.cwd()): string {
  const account = isRoot() ? findNobody() : undefined
  return account && !canEnter(workingFolder, account) ? system : path.join(workingFolder, 'data')
}
