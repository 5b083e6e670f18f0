import { readView } from '../content.ts'
import { no, Refusal, wrong } from '../refusal.ts'
import { View } from '../view.ts'
import type { Trigger } from '../world.ts'
import type { Caller } from './table.ts'

/** A trigger is good once, and not for long. */
function pull({ world, workspace }: Caller, id: string): Trigger | Refusal {
  const trigger = workspace.triggers.get(id)
  if (!trigger) return wrong('invalid_arguments', ['invalid `trigger_id` [json-pointer:/trigger_id]'])
  if (world.now().getTime() - trigger.at > world.ackWithinMs) return no('expired_trigger_id')
  if (trigger.used) return no('exchanged_trigger_id')
  return trigger
}

interface Opening {
  readonly trigger_id: string
  readonly view: unknown
}

function open(caller: Caller, fields: Opening, kind: 'opened' | 'pushed'): object | Refusal {
  const { world, workspace } = caller
  const content = readView(world, fields.view, 'modal')
  if (content instanceof Refusal) return content
  const trigger = pull(caller, fields.trigger_id)
  if (trigger instanceof Refusal) return trigger
  const user = workspace.users.get(trigger.user)
  if (!user) return no('user_not_found')
  const below = kind === 'pushed' ? user.modals.at(-1) : undefined
  if (kind === 'pushed' && !below) return no('not_found')
  if (kind === 'pushed' && user.modals.length >= 3) return no('push_limit_reached')
  const isTaken =
    content.external_id !== undefined &&
    [...workspace.views.values()].some(other => other.open && other.content.external_id === content.external_id)
  if (isTaken) return no('duplicate_external_id')
  trigger.used = true
  // A dialog that is opened takes the place of all that lay there.
  if (kind === 'opened') for (const other of user.modals.splice(0)) other.open = false
  const view = new View(world, workspace, user.id, content, below)
  workspace.views.set(view.id, view)
  user.modals.push(view)
  trigger.interaction.see({ kind, text: view.title, view })
  return { view: view.output }
}

export const viewsOpen = (caller: Caller, fields: Opening): object | Refusal => open(caller, fields, 'opened')

export const viewsPush = (caller: Caller, fields: Opening): object | Refusal => open(caller, fields, 'pushed')

interface Updating {
  readonly view_id?: string
  readonly external_id?: string
  readonly hash?: string
  readonly view: unknown
}

export function viewsUpdate({ world, workspace }: Caller, fields: Updating): object | Refusal {
  const view =
    fields.view_id === undefined
      ? [...workspace.views.values()].find(one => one.open && one.content.external_id === fields.external_id)
      : workspace.views.get(fields.view_id)
  if (!view?.open) return no('not_found')
  const content = readView(world, fields.view, view.content.type)
  if (content instanceof Refusal) return content
  if (fields.hash !== undefined && fields.hash !== view.hash) return no('hash_conflict')
  view.show(content)
  return { view: view.output }
}

interface Publishing {
  readonly user_id: string
  readonly hash?: string
  readonly view: unknown
}

export function viewsPublish({ world, workspace }: Caller, fields: Publishing): object | Refusal {
  const user = workspace.users.get(fields.user_id)
  if (!user || user.bot) return wrong('invalid_arguments', ['invalid `user_id` [json-pointer:/user_id]'])
  if (user.deactivated) return no('user_disabled')
  const content = readView(world, fields.view, 'home')
  if (content instanceof Refusal) return content
  const { home } = user
  if (fields.hash !== undefined && fields.hash !== home?.hash) return no('hash_conflict')
  const view = home ?? new View(world, workspace, user.id, content)
  if (home) home.show(content)
  user.home = view
  workspace.views.set(view.id, view)
  user.looking?.see({ kind: 'published', text: view.shown.text, view })
  return { view: view.output }
}
