import type { Adapter, Command, PersonRef, PlatformStatus, Receive, Sent, SpaceRef, Workbench } from '../../src/platform/adapter.ts'
import { createFrames } from '../../src/platform/frames.ts'
import { laterIn } from '../../src/platform/sent.ts'
import { capabilities } from './capabilities.ts'
import type { Posting } from './post.ts'
import { addressOf, messageOf, spaceRef } from './refs.ts'
import { lostWorkspace } from './refusals.ts'
import { channelsOf, isAdmin, missing } from './rights.ts'
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
/** That a workspace is away is said once in so many milliseconds, however often it comes and goes. */
const quietMs = 60_000

class Slack implements Adapter {
  readonly platform = 'slack'
  readonly can = capabilities
  readonly #bench: Workbench
  readonly #apiRoot: string
  readonly #pairs: readonly { readonly botToken: string; readonly appToken: string; readonly which: string }[]
  readonly #toldAt = new Map<Workspace, number>()
  #workspaces: readonly Workspace[] = []
  #status: PlatformStatus | undefined

  constructor({ SLACK_BOT_TOKEN: bots = [], SLACK_APP_TOKEN: apps = [], SLACK_API_ROOT: apiRoot }: SlackSettings, bench: Workbench) {
    if (bots.length === 0 && apps.length === 0) throw new Error('Slack is off: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set.')
    if (bots.length !== apps.length)
      throw new Error('SLACK_BOT_TOKEN and SLACK_APP_TOKEN must have the same number of tokens, in the same order.')
    this.#bench = bench
    this.#apiRoot = apiRoot
    this.#pairs = bots.map((botToken, i) => ({ botToken, appToken: apps[i] ?? '', which: ordinals[i] ?? `${i + 1}th` }))
  }

  async start(commands: readonly Command[], receive: Receive, status: (state: PlatformStatus, why?: string) => void): Promise<void> {
    const frames = createFrames(slack.name, this.#bench)
    const common = { apiRoot: this.#apiRoot, bench: this.#bench, frames, commands: new Set(commands.map(({ name }) => name)), receive }
    const isNew = (team: string): boolean => this.#of(team) === undefined
    const turned = (workspace: Workspace, why?: string): void => this.#turned(workspace, why, status)
    this.#workspaces = this.#pairs.map(pair => new Workspace({ ...common, ...pair, isNew, turned }))
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workspaces.map(workspace => workspace.stop()))
    this.#workspaces = []
    this.#toldAt.clear()
    this.#status = undefined
  }

  async send(...[to, view, , under]: Parameters<Adapter['send']>): Promise<Sent> {
    const { team, ...at } = addressOf(to)
    return this.#in(team, 'user' in at, posting => posting.send(to, view, under))
  }

  async change(...[message, how]: Parameters<Adapter['change']>): Promise<Sent> {
    const { team, channel } = messageOf(message)
    return this.#in(team, channel.startsWith('D'), posting => posting.change(message, how))
  }

  async isAdmin(person: PersonRef, space: SpaceRef): Promise<boolean | undefined> {
    const [who, where] = [addressOf(person), addressOf(space)]
    if (!('user' in who) || !('channel' in where) || who.team !== where.team) return false
    return isAdmin(this.#clientOf(where.team), who.user, where.channel)
  }

  async missing(space: SpaceRef): Promise<readonly string[]> {
    const where = addressOf(space)
    return 'channel' in where ? missing(this.#clientOf(where.team), where.channel) : []
  }

  async chatsOf(person: PersonRef): Promise<readonly SpaceRef[]> {
    const who = addressOf(person)
    if (!('user' in who)) return []
    return (await channelsOf(this.#clientOf(who.team), who.user)).map(channel => spaceRef(who.team, channel))
  }

  /** One post a second in a channel. The edits of a workspace share a rate, which is kept in here. */
  lane = (to: SpaceRef | PersonRef): string => to

  /** Slack has no link that brings words back. */
  privateLink = (): undefined => undefined

  chatLink = (): undefined => undefined

  #of(team: string): Workspace | undefined {
    return this.#workspaces.find(workspace => workspace.met?.team === team)
  }

  #clientOf(team: string): Workspace['client'] {
    const workspace = this.#of(team)
    if (!workspace) throw new Error('Slack could not be asked.', { cause: { why: 'the workspace is not connected' } })
    return workspace.client
  }

  /** Does it in that workspace. What must wait there for ever is forbidden, so that the bot tells of it; what is for one person waits on. */
  async #in(team: string, isPrivate: boolean, work: (posting: Posting) => Promise<Sent>): Promise<Sent> {
    const workspace = this.#of(team)
    const sent = workspace?.met && workspace.state !== 'dead' ? await work(workspace.met.posting) : { later: awayMs }
    const isLost = !isPrivate && laterIn(sent) !== undefined && this.#isLost(team)
    return isLost ? lostWorkspace : sent
  }

  /** No pair has that workspace, or will turn out to have it, while others live. Where none does, the status has said so. */
  #isLost(team: string): boolean {
    const workspace = this.#of(team)
    const hopes = workspace ? [workspace] : this.#workspaces.filter(({ met }) => !met)
    return this.#workspaces.length > 0 && this.#status !== 'dead' && hopes.every(({ state }) => state === 'dead')
  }

  /** All are up: up. One is away: down. A dead one is told of, and the others go on without it. */
  #turned(workspace: Workspace, why: string | undefined, status: (state: PlatformStatus, why?: string) => void): void {
    const living = this.#workspaces.map(({ state }) => state).filter(state => state !== 'dead')
    if (workspace.state === 'dead' && living.length > 0) this.#bench.notice(`slack: ${why}`)
    if (workspace.state === 'down') this.#isUnavailable(workspace, why)
    const next = living.length === 0 ? 'dead' : living.includes('down') ? 'down' : living.includes(undefined) ? undefined : 'up'
    if (next === undefined || next === this.#status) return
    this.#status = next
    status(next, why)
  }

  #isUnavailable(workspace: Workspace, why: string | undefined): void {
    const now = this.#bench.now().getTime()
    if (now - (this.#toldAt.get(workspace) ?? 0) < quietMs) return
    this.#toldAt.set(workspace, now)
    this.#bench.log.warn({ which: workspace.which, team: workspace.met?.team, why }, 'A Slack workspace is away; trying again')
  }
}
