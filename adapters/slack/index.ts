import type { Adapter, Command, Fate, PersonRef, Receive, Sent, SpaceRef, Workbench } from '../../src/adapter.ts'
import { capabilities } from './capabilities.ts'
import { addressOf, messageOf } from './refs.ts'
import { isAdmin, missing } from './rights.ts'
import type { SlackSettings } from './settings.ts'
import { Workspace } from './workspace.ts'

export const slack = {
  name: 'slack',
  texts: new URL('./texts', import.meta.url),
  can: capabilities,
  /** @throws Error without tokens, or with more of one kind than of the other */
  open: (settings: SlackSettings, bench: Workbench): Adapter => new Slack(settings, bench),
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
/** How long to leave what belongs to a workspace that is not connected, in milliseconds. */
const awayMs = 60_000

class Slack implements Adapter {
  readonly platform = 'slack'
  readonly can = capabilities
  readonly #bench: Workbench
  readonly #apiRoot: string
  readonly #pairs: readonly { readonly botToken: string; readonly appToken: string; readonly which: string }[]
  readonly #states = new Map<Workspace, 'up' | 'down' | 'dead' | undefined>()
  readonly #teams = new Map<string, Workspace>()
  #fate: Fate | undefined

  constructor({ SLACK_BOT_TOKEN: bots = [], SLACK_APP_TOKEN: apps = [], SLACK_API_ROOT: apiRoot }: SlackSettings, bench: Workbench) {
    if (bots.length === 0 && apps.length === 0) throw new Error('Slack is off: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set.')
    if (bots.length !== apps.length)
      throw new Error('SLACK_BOT_TOKEN and SLACK_APP_TOKEN must have the same number of tokens, in the same order.')
    this.#bench = bench
    this.#apiRoot = apiRoot
    this.#pairs = bots.map((botToken, i) => ({ botToken, appToken: apps[i] ?? '', which: ordinals[i] ?? `${i + 1}th` }))
  }

  async start(commands: readonly Command[], receive: Receive, fate: (state: Fate, why?: string) => void): Promise<void> {
    const names = new Set(commands.map(({ name }) => name))
    const common = { apiRoot: this.#apiRoot, bench: this.#bench, commands: names, receive }
    for (const pair of this.#pairs) {
      const workspace = new Workspace({
        ...common,
        ...pair,
        met: ({ team }, one) => this.#met(team, one),
        turn: (one, state, why) => this.#turn(one, state, why, fate),
      })
      this.#states.set(workspace, undefined)
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#states.keys()].map(workspace => workspace.stop()))
    this.#states.clear()
    this.#teams.clear()
    this.#fate = undefined
  }

  async send(...[to, view, , under]: Parameters<Adapter['send']>): Promise<Sent> {
    return this.#of(addressOf(to).team)?.posting?.send(to, view, under) ?? { later: awayMs }
  }

  async change(...[message, how]: Parameters<Adapter['change']>): Promise<Sent> {
    return this.#of(messageOf(message).team)?.posting?.change(message, how) ?? { later: awayMs }
  }

  async isAdmin(person: PersonRef, space: SpaceRef): Promise<boolean> {
    const [who, where] = [addressOf(person), addressOf(space)]
    if (!('user' in who) || !('channel' in where) || who.team !== where.team) return false
    return isAdmin(this.#clientOf(where.team), who.user, where.channel)
  }

  async missing(space: SpaceRef): Promise<readonly string[]> {
    const where = addressOf(space)
    return 'channel' in where ? missing(this.#clientOf(where.team), where.channel) : []
  }

  /** One post a second in a channel; edits share a rate over the whole workspace. */
  lane = (to: SpaceRef | PersonRef): string => to

  /** Slack has no link that brings words back. */
  privateLink = (): undefined => undefined

  #of(team: string): Workspace | undefined {
    return this.#teams.get(team)
  }

  #clientOf(team: string): Workspace['client'] {
    const workspace = this.#of(team)
    if (!workspace) throw new Error('Slack could not be asked.', { cause: { why: 'the workspace is not connected' } })
    return workspace.client
  }

  #met(team: string, workspace: Workspace): boolean {
    if (this.#teams.has(team)) return false
    this.#teams.set(team, workspace)
    return true
  }

  /** All are up: up. One is away: down. A dead one is said in the log, and the others go on without it. */
  #turn(workspace: Workspace, state: 'up' | 'down' | 'dead', why: string | undefined, fate: (state: Fate, why?: string) => void): void {
    this.#states.set(workspace, state)
    const team = [...this.#teams].find(([, one]) => one === workspace)?.[0]
    if (state === 'down') this.#bench.log.warn({ team, why }, 'A Slack workspace is away; trying again')
    if (state === 'dead') this.#bench.log.error({ team, why }, 'A Slack workspace is off')
    const living = [...this.#states.values()].filter(one => one !== 'dead')
    const next = living.length === 0 ? 'dead' : living.includes('down') ? 'down' : living.includes(undefined) ? undefined : 'up'
    if (next === undefined || next === this.#fate) return
    this.#fate = next
    fate(next, why)
  }
}
