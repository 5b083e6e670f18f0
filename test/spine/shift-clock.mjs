import { readFileSync } from 'node:fs'

// Loaded before the bot: its clock is off by as many milliseconds as the file in CLOCK_FILE says at that time. `performance` stays as it is.
const Real = Date
let seen = Number.NEGATIVE_INFINITY
let by = 0

function now() {
  if (performance.now() - seen > 5) {
    by = Number(readFileSync(process.env.CLOCK_FILE, 'utf8'))
    seen = performance.now()
  }
  return Real.now() + by
}

globalThis.Date = new Proxy(Real, {
  construct: (target, args) => (args.length === 0 ? new target(now()) : new target(...args)),
  apply: () => new Real(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})
