import { REMIND, SUPPORT } from './domain.ts'
import type { ForumSettings } from './settings.ts'

/** What a button of the menu of options changes; nothing where it names none. Pure. */
export function toggled(s: ForumSettings, name: string | undefined): Partial<ForumSettings> {
  if (name === 'steps-yes') return { stepFree: s.stepFree === 'yes' ? 'unsaid' : 'yes' }
  if (name === 'steps-no') return { stepFree: s.stepFree === 'no' ? 'unsaid' : 'no' }
  const support = SUPPORT.find(one => one === name)
  if (support) return { support: flip(s.support, support) }
  const minutes = REMIND.find(one => String(one) === name)
  return minutes === undefined ? {} : { remind: flip(s.remind, minutes) }
}

function flip<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter(other => other !== one) : [...all, one]
}
