import type { Reply } from './adapter.ts'
import type { Form, View } from './view/view.ts'

export function whisper(view: View): readonly Reply[] {
  return [{ kind: 'whisper', view }]
}

export function update(view: View): readonly Reply[] {
  return [{ kind: 'update', view }]
}

export function ask(form: Form): readonly Reply[] {
  return [{ kind: 'ask', form }]
}
