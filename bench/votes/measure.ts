import fs from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Contestant } from './field.ts'
import type { Answered, Tap } from './remote.ts'

/** How one run went. Times in milliseconds, CPU in microseconds a vote. */
export interface Run {
  readonly rate: number
  readonly cpu: number
  readonly storeCpu: number
  /** From the press to its answer, for each press. */
  readonly waits: readonly number[]
  readonly answers: readonly Answered[]
}

/** Makes these presses at once and waits for the last answer, for at most a minute. */
export async function press(of: Contestant, presses: readonly Tap[]): Promise<Run> {
  const { answered: from } = await of.remote.state()
  const [cpu, storeCpu, began] = [cpuOf(of.program.pid), treeCpu(of.storePid()), performance.now()]
  await of.remote.press(presses)
  while ((await of.remote.state()).answered < from + presses.length) {
    if (performance.now() - began > 60_000)
      throw new Error(`${of.name} has left presses without an answer: ${of.program.said.at(-1) ?? ''}`)
    await wait(5)
  }
  const ms = performance.now() - began
  const answers = await of.remote.answered(from)
  return {
    rate: (presses.length / ms) * 1000,
    cpu: ((cpuOf(of.program.pid) - cpu) / presses.length) * 1000,
    storeCpu: ((treeCpu(of.storePid()) - storeCpu) / presses.length) * 1000,
    waits: answers.map(one => one.answeredAt - one.at),
    answers,
  }
}

/** Processor time of a process so far, in milliseconds (the kernel counts in hundredths of a second). */
export function cpuOf(pid: number): number {
  const fields = statOf(pid)
  return fields ? (Number(fields[11]) + Number(fields[12])) * 10 : 0
}

/** The same with all its children, ended or not. */
export function treeCpu(root: number | undefined): number {
  if (root === undefined) return 0
  const all = fs.readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return all
    .map(name => ({ pid: Number(name), fields: statOf(Number(name)) }))
    .filter(({ pid, fields }) => pid === root || Number(fields?.[1]) === root)
    .reduce((sum, { fields }) => sum + [11, 12, 13, 14].reduce((own, i) => own + Number(fields?.[i] ?? 0), 0) * 10, 0)
}

/** What stands in /proc/PID/stat behind the name. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return undefined
  }
}

/** Resident memory of a process, in MB. */
export function memoryOf(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) / 1024
}

export function median(all: readonly number[]): number {
  return quantile(all, 0.5)
}

export function quantile(all: readonly number[], q: number): number {
  return all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * q))] ?? Number.NaN
}
