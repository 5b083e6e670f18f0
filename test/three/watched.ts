import type { Adapter } from '../../src/platform/adapter.ts'
import type { Changes } from '../platforms/changes.ts'

/** What the bot has dealt with: by delivery id, and how often in all. */
export interface Taken {
  readonly ids: Set<string>
  count: number
}

/** The same adapter, telling when the bot has dealt with something: some platforms do not know. */
export function watched(adapter: Adapter, taken: Taken, changes: Changes): Adapter {
  const { platform, can } = adapter
  return {
    ...{ platform, can },
    start: (commands, receive, status) => {
      const take: typeof receive = (inbound, meanwhile) =>
        receive(inbound, meanwhile).finally(() => {
          taken.ids.add(inbound.id)
          taken.count += 1
          changes.happened()
        })
      return adapter.start(commands, take, status)
    },
    stop: () => adapter.stop(),
    send: (...given) => adapter.send(...given),
    change: (...given) => adapter.change(...given),
    isAdmin: (...given) => adapter.isAdmin(...given),
    chatsOf: person => adapter.chatsOf(person),
    missing: space => adapter.missing(space),
    lane: to => adapter.lane(to),
    privateLink: payload => adapter.privateLink(payload),
    chatLink: payload => adapter.chatLink(payload),
  }
}
