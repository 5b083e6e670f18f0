import process from 'node:process'

/** Prints a line. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

let missed = 0

/** Prints a figure with its bar. */
export function row(what: string, figure: string, bar: string, ok: boolean): void {
  if (!ok) missed += 1
  say(`${what.padEnd(62)} ${figure.padStart(10)}   ${bar.padEnd(14)} ${ok ? 'ok' : 'NOT OK'}`)
}

/** Says whether all bars were kept, and ends the program: with 1 if one was missed. */
export function end(): never {
  say(missed === 0 ? 'All bars are kept.' : `${missed} bars are missed.`)
  process.exit(missed === 0 ? 0 : 1)
}

/** Ends the program with 1, saying what broke. */
export function broken(cause: unknown): never {
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`)
  process.exit(1)
}
