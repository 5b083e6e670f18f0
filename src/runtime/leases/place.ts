import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'
import process from 'node:process'
import { isAlive } from '../../store/running.ts'

/** A process, as others on the same store know it. */
export interface Who {
  /** Names it among all that ever ran on this store. */
  readonly owner: string
  /** Where it runs: another one in the same place can see whether its number still lives. */
  readonly place: string
  readonly pid: number
}

/** This boot of this computer, and on Linux this container; elsewhere the computer's name. */
export function thisPlace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return os.hostname()
  }
}

/**
 * Whether it has surely ended, as far as `me` can see. `onlyHere`: no process elsewhere can use this store, so that one in another place is one of another
 * boot. A number that is mine was another's before.
 */
export function hasEnded(one: Who, me: Who, onlyHere: boolean): boolean {
  if (one.place !== me.place) return onlyHere
  return one.pid === me.pid || !isAlive(one.pid)
}

export const thisProcess = (owner: string, place = thisPlace()): Who => ({ owner, place, pid: process.pid })
