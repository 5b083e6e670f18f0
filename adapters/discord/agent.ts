import { createRequire } from 'node:module'
import type { RESTOptions } from 'discord.js'

/**
 * Connections of the undici that the REST client brings. Left out, it takes those that the process shares: of another version, if another library was loaded
 * first, and then it can send no files.
 */
export function ownAgent(): NonNullable<RESTOptions['agent']> {
  const rest = createRequire(createRequire(import.meta.url).resolve('discord.js')).resolve('@discordjs/rest')
  const { Agent } = createRequire(rest)('undici') as { readonly Agent: new () => NonNullable<RESTOptions['agent']> }
  return new Agent()
}
