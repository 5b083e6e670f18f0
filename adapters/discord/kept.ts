import type { PersonRef, Values } from '../../src/adapter.ts'

/** What people typed into forms that were not right yet, so that they need not type it again. In memory, for a quarter of an hour. */
export interface Kept {
  keep(person: PersonRef, form: string, values: Values): void
  of(person: PersonRef, form: string): Values | undefined
  drop(person: PersonRef, form: string): void
}

const keptMs = 15 * 60_000
const most = 1_000

export function createKept(now: () => Date): Kept {
  const forms = new Map<string, { readonly values: Values; readonly until: number }>()
  return {
    keep(person, form, values) {
      forms.delete(`${person} ${form}`)
      forms.set(`${person} ${form}`, { values, until: now().getTime() + keptMs })
      for (const [key, { until }] of forms) {
        if (forms.size <= most && until > now().getTime()) break
        forms.delete(key)
      }
    },
    of(person, form) {
      const found = forms.get(`${person} ${form}`)
      return found && found.until > now().getTime() ? found.values : undefined
    },
    drop: (person, form) => void forms.delete(`${person} ${form}`),
  }
}
