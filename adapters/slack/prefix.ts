import { parseArgs } from 'node:util'

/** The most characters of a command's name. */
const NAME = 32

/** The prefix that the arguments of a program ask for, '' for none; undefined for what is none. `names`: of the commands that it would stand before. */
export function prefixIn(args: readonly string[], names: readonly string[]): string | undefined {
  const prefix = asked(args)
  if (prefix === undefined || !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/.test(prefix)) return undefined
  return names.every(name => `${prefix}-${name}`.length <= NAME) ? prefix : undefined
}

/** Other options and words without one are no prefix either. */
function asked(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { prefix: { type: 'string', default: '' } } }).values.prefix
  } catch {
    return undefined
  }
}
