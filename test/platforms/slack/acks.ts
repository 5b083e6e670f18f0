import { readMessage, readView } from './content.ts'
import type { Doer } from './deeds.ts'
import type { Answer, Interaction } from './interaction.ts'
import { post } from './posting.ts'
import { Refusal } from './refusal.ts'
import { View } from './view.ts'
import { type ChannelState, remember, type World } from './world.ts'

type Said = Readonly<Record<string, unknown>>

/** What the acknowledgement of a command says, for the one person or for the channel. */
export function answerCommand({ world, workspace, user }: Doer, channel: ChannelState, interaction: Interaction, said: Said): void {
  interaction.ack(true)
  if (said['text'] === undefined && said['blocks'] === undefined) return
  const saying = readMessage(world, said, 'ack')
  if (saying instanceof Refusal) {
    interaction.see(trouble(world, 'invalid_command_response', saying))
    return
  }
  const only = said['response_type'] === 'in_channel' ? undefined : user.id
  const message = post(world, workspace, channel, { user: workspace.bot.userId, byBot: true, saying, only })
  interaction.see({ kind: 'said', text: message.shown.text, message })
}

const connecting = 'We had some trouble connecting. Try again?'

/** What the acknowledgement of a submitted dialog does: it closes, or shows what is wrong, or something else in its place or on top. */
export function answerSubmit(doer: Doer, view: View, interaction: Interaction, said: Said): void {
  interaction.ack(true)
  interaction.see(outcome(doer, view, said))
}

function outcome(doer: Doer, view: View, said: Said): Answer {
  const { world, user } = doer
  switch (said['response_action']) {
    case undefined:
      if (Object.keys(said).length > 0) return trouble(world, connecting, `a view_submission is not answered with ${JSON.stringify(said)}`)
      view.open = false
      if (user.modals.includes(view)) user.modals.splice(user.modals.indexOf(view), 1)
      return { kind: 'closed', text: '' }
    case 'clear':
      for (const one of user.modals.splice(0)) one.open = false
      return { kind: 'cleared', text: '' }
    case 'errors':
      return showErrors(world, view, said['errors'])
    case 'update':
    case 'push':
      return showNext(doer, view, said['response_action'], said['view'])
    default:
      return trouble(world, connecting, `there is no response_action "${String(said['response_action'])}"`)
  }
}

function showNext({ world, workspace, user }: Doer, view: View, how: 'update' | 'push', given: unknown): Answer {
  const content = readView(world, given, 'modal')
  if (content instanceof Refusal) return trouble(world, connecting, content)
  if (how === 'update') {
    view.show(content)
    return { kind: 'updated', text: view.title, view }
  }
  if (user.modals.length >= 3) return trouble(world, connecting, 'push_limit_reached')
  const pushed = new View(world, workspace, user.id, content, view)
  workspace.views.set(pushed.id, pushed)
  user.modals.push(pushed)
  return { kind: 'pushed', text: pushed.title, view: pushed }
}

function showErrors(world: World, view: View, errors: unknown): Answer {
  const all = typeof errors === 'object' && errors !== null ? (errors as Record<string, unknown>) : {}
  const strange = Object.entries(all).find(
    ([block, words]) => view.fields[block] === undefined || typeof words !== 'string' || words === '',
  )
  if (strange || Object.keys(all).length === 0) {
    return trouble(world, connecting, `errors must name input blocks and say something: ${JSON.stringify(errors)}`)
  }
  view.errors = all as Record<string, string>
  return { kind: 'errors', text: Object.values(view.errors).join('\n'), errors: view.errors, view }
}

/** The person sees a bare failure; what was wrong is kept for the test to read. */
function trouble(world: World, words: string, why: Refusal | string): Answer {
  remember(world.oddities, `${words} (${why instanceof Refusal ? JSON.stringify(why) : why})`, 1000)
  return { kind: 'failed', text: words }
}
