import type { Event, PersonRef, Reply, Values } from '../../src/platform/adapter.ts'

type Submit = Extract<Event, { readonly kind: 'submit' }>

/** What people typed into forms that were not right yet, so that they need not type it again. In memory, for a quarter of an hour. */
export interface Kept {
  /** What a form that is not right held is kept; what was taken is forgotten. */
  note(person: PersonRef, submit: Submit, replies: readonly Reply[]): void
  /** Keeps what was filled in, which nobody has looked at yet. */
  hold(person: PersonRef, submit: Submit): void
  of(person: PersonRef, form: string): Values | undefined
}

const keptMs = 15 * 60_000
const most = 1_000

export function createKept(now: () => Date): Kept {
  const forms = new Map<string, { readonly values: Values; readonly until: number }>()
  const keep = (key: string, values: Values): void => {
    forms.set(key, { values, until: now().getTime() + keptMs })
    for (const [old, { until }] of forms) {
      if (forms.size <= most && until > now().getTime()) break
      forms.delete(old)
    }
  }
  return {
    note(person, { form, values }, replies) {
      const wrong = replies.find(reply => reply.kind === 'wrong')
      forms.delete(`${person} ${wrong?.form.token ?? form}`)
      if (wrong) keep(`${person} ${wrong.form.token}`, values)
    },
    hold: (person, { form, values }) => keep(`${person} ${form}`, values),
    of(person, form) {
      const found = forms.get(`${person} ${form}`)
      return found && found.until > now().getTime() ? found.values : undefined
    },
  }
}
