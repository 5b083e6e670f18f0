import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../bot.ts'

/** One press to be made: by whom, where, on which button. */
export interface Tap {
  readonly person: number
  readonly chat: number
  readonly message: number
  readonly data: string
}

/** What the platform remembers of an answered press. */
export interface Answered {
  readonly id: string
  readonly person: number
  readonly at: number
  readonly answeredAt: number
  readonly answered: { readonly text: string }
}

export interface State {
  readonly polled: boolean
  readonly pending: number
  readonly answered: number
  readonly calls: Readonly<Record<string, number>>
}

/** A loop-back Telegram in a process of its own, without checks, so that it costs little. */
export interface Remote {
  readonly apiRoot: string
  readonly pid: number
  group(title: string): Promise<number>
  people(count: number): Promise<readonly number[]>
  press(taps: readonly Tap[]): Promise<void>
  state(): Promise<State>
  /** The answered presses, without the first `from` of all time. */
  answered(from: number): Promise<readonly Answered[]>
  messages(chat: number): Promise<readonly { readonly id: number; readonly keyboard: readonly (readonly { callback_data?: string }[])[] }[]>
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('../../test/platforms/telegram/main.ts', import.meta.url))

export async function startRemote(): Promise<Remote> {
  const options = ['--loose', '--remember', '20000']
  const child = startProgram(program, { PATH: process.env['PATH'] }, { stateDir: path.dirname(program), arguments: options })
  const [apiRoot] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const ask = async (command: string, body: object = {}): Promise<unknown> => {
    const response = await fetch(`${apiRoot}/control/${command}`, { method: 'POST', body: JSON.stringify(body) })
    const answer = (await response.json()) as { ok: boolean; result: unknown; error?: string }
    if (!answer.ok) throw new Error(`The loop-back Telegram refuses ${command}: ${answer.error}`)
    return answer.result
  }
  return {
    apiRoot,
    pid: child.pid ?? 0,
    group: async title => ((await ask('group', { title })) as { id: number }).id,
    people: async count => ((await ask('people', { count })) as { ids: number[] }).ids,
    press: async presses => void (await ask('presses', { presses })),
    state: async () => (await ask('state')) as State,
    answered: async from => (await ask('answered', { from })) as Answered[],
    messages: async chat => (await ask('messages', { chat })) as Awaited<ReturnType<Remote['messages']>>,
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
