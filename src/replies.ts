import type { Reply } from './adapter.ts'
import type { Answer, Unkept } from './feature.ts'
import type { Form, View } from './view/view.ts'

export function whisper(view: View): readonly Reply[] {
  return [{ kind: 'whisper', view }]
}

export function update(view: View): readonly Reply[] {
  return [{ kind: 'update', view }]
}

/** What may tell of a secret choice, for one person. */
export function tell(how: 'whisper' | 'update', view: View | Unkept): readonly Answer[] {
  return ['secret' in view ? { kind: 'secret', how, ...view } : { kind: how, view }]
}

export function ask(form: Form): readonly Reply[] {
  return [{ kind: 'ask', form }]
}
