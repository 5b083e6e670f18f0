import type { Asking } from '../feature/wanted.ts'
import type { Event, FileIn, Inbound } from '../platform/adapter.ts'

/** The same event, whose files are read outside the transaction: so a file is fetched only for who may bring it. */
export function readLater(inbound: Inbound, asking: Asking): Inbound {
  const event = laterIn(inbound.event, asking)
  return event === inbound.event ? inbound : { ...inbound, event }
}

function laterIn(event: Event, asking: Asking): Event {
  const later = (file: FileIn, name: string | number): FileIn => ({ ...file, read: () => asking.ask(`file ${name}`, () => file.read()) })
  if (event.kind === 'text' && event.files) return { ...event, files: event.files.map(later) }
  if (event.kind !== 'submit' || !event.files) return event
  return { ...event, files: Object.fromEntries(Object.entries(event.files).map(([name, file]) => [name, later(file, name)])) }
}
