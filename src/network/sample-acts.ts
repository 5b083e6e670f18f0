import type { Clock } from '../base/clock.ts'
import { readToken } from '../feature/token.ts'
import type { Adapter, Event, Reply } from '../platform/adapter.ts'

/** What people of the sample network do there, as the bot hears it from anybody: commands, taps and forms. */

/** The bot did not answer as it does where nothing stands in the way: the network was paused, say. */
export class Unexpected extends Error {}

export interface Somebody {
  readonly key: string
  readonly name: string
}

/** Somebody in one chat. Each thing that they do has a name of its own: done again under it, it counts once and is answered as before. */
export interface Acting {
  say(step: string, text: string): Promise<readonly Reply[]>
  press(step: string, token: string): Promise<readonly Reply[]>
  submit(step: string, form: string, values: Readonly<Record<string, string>>): Promise<readonly Reply[]>
}

export type ActAs = (who: Somebody, chat: string) => Acting

interface Stage {
  readonly adapter: Adapter
  readonly clock: Clock
  readonly networkId: string
  receive(inbound: Parameters<Parameters<Adapter['start']>[1]>[0]): Promise<readonly Reply[]>
}

export function createActing({ adapter: { platform }, clock, networkId, receive }: Stage): ActAs {
  return (who, chat) => {
    const act = (step: string, event: Event): Promise<readonly Reply[]> =>
      receive({
        id: `${platform}:sample/${networkId}/${step}`,
        received: clock.now(),
        place: { space: `${platform}:${chat}` as const },
        person: { ref: `${platform}:@${who.key}` as const, name: who.name },
        event,
      })
    return {
      say(step, text) {
        const [, name = '', args = ''] = /^\/(\w+) ?([\s\S]*)$/.exec(text) ?? []
        return act(step, { kind: 'command', name, args })
      },
      press: (step, token) => act(step, { kind: 'press', token }),
      submit: (step, form, values) => act(step, { kind: 'submit', form, values }),
    }
  }
}

function buttonsOf(replies: readonly Reply[]): readonly { readonly label: string; readonly token: string }[] {
  return replies.flatMap(reply => ('view' in reply ? reply.view.buttons.flat() : [])).flatMap(button => ('token' in button ? [button] : []))
}

/** The token of the form that was opened. */
export function formOf(replies: readonly Reply[]): string {
  const asked = replies.find(reply => reply.kind === 'ask')
  if (!asked) throw new Unexpected('No form to fill in')
  return asked.form.token
}

/** The token of the button with that label. */
export function labelled(replies: readonly Reply[], label: string): string {
  const found = buttonsOf(replies).find(button => button.label === label)
  if (!found) throw new Unexpected('No button of that label')
  return found.token
}

/** What the buttons of a card are about. */
export function aboutOf(replies: readonly Reply[]): string {
  const [first] = buttonsOf(replies).flatMap(({ token }) => readToken(token)?.args[0] ?? [])
  if (first === undefined) throw new Unexpected('A card without buttons')
  return first
}
