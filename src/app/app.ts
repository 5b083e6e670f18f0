import { logUnreadable, Unreadable } from '../base/readable.ts'
import type { Drawn } from '../delivery/post.ts'
import { entry, readArgs } from '../feature/args.ts'
import type { Deps, Feature, Target } from '../feature/feature.ts'
import type { Answer } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { readToken } from '../feature/token.ts'
import type { Adapter, Command, Inbound, Meanwhile, PlatformStatus, Reply, SpaceRef } from '../platform/adapter.ts'
import type { Alarms } from '../runtime/alarms.ts'
import type { Tx } from '../store/tx.ts'
import { isUnavailable } from '../store/unavailable.ts'
import type { TextKey } from '../texts/keys.ts'
import type { Catalogues } from '../texts/texts.ts'
import { sentence } from '../view/make.ts'
import { sanitized } from './clean.ts'
import { createHandler, spaceMoved } from './handle.ts'
import { createPatience } from './patience.ts'
import { createQueue } from './person-queue.ts'
import { fitWords } from './respond.ts'
import { isAnswered, unavailableWords } from './unavailable.ts'

export interface App {
  readonly commands: readonly Command[]
  /**
   * What an adapter calls for everything that people do. Never rejects but for a store that is away (`retry: true`); whoever waits for it hears so meanwhile.
   * `isOurs`: whether the platform may be acted for at this moment.
   */
  receive(adapter: Adapter, inbound: Inbound, meanwhile?: Meanwhile, isOurs?: () => boolean): Promise<readonly Reply[]>
  status(platform: string, state: PlatformStatus): void
  /** Does what is due now, all of it. */
  tick(): Promise<void>
  /** Draws posts for the delivery. */
  draw(subjects: readonly string[], now: Date): Promise<ReadonlyMap<string, (to: Target) => Drawn>>
  /** A space has a new address: what must stand there too is posted there. */
  spaceMoved(tx: Tx, ref: SpaceRef): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** What befalls a chat, whoever stands behind it. */
const happens: ReadonlySet<Inbound['event']['kind']> = new Set(['joined', 'left', 'back', 'moved', 'renamed', 'closed', 'opened'])

/** The store did not answer: nothing was done, and the delivery may be tried again. */
export class Retry extends Error {
  readonly retry = true
}

const retry = (cause: unknown): never => {
  throw new Retry('What came before it was not done.', { cause })
}

/** Puts the features together. `statuses` is shared with `Deps.caughtUp`. */
export function createApp(
  features: readonly Feature[],
  deps: Deps,
  texts: Catalogues,
  statuses: Map<string, { state: PlatformStatus; since: Date }>,
  alarms: Alarms,
): App {
  const queue = createQueue(() => deps.clock.now().getTime())
  const handle = createHandler(features, deps)
  const patience = createPatience(
    () => deps.pool.query('SELECT 1'),
    cause => cause instanceof Retry,
    deps.waits,
  )

  async function safely(adapter: Adapter, inbound: Inbound, work: () => Promise<readonly Reply[]>): Promise<readonly Reply[]> {
    try {
      const replies = await work()
      deps.acts.note(inbound)
      return replies
    } catch (cause) {
      if (isUnavailable(cause)) throw new Retry('The store is away.', { cause })
      if (cause instanceof Unreadable) logUnreadable(deps.log, cause)
      else deps.log.error({ err: cause, platform: adapter.platform, kind: inbound.event.kind }, 'An event could not be handled')
      return fitWords(sorry(texts, inbound, cause instanceof Unreadable ? 'app-unreadable' : 'app-sorry'), inbound, adapter)
    }
  }

  /** In its turn. */
  function take(adapter: Adapter, inbound: Inbound, bulk: ReturnType<typeof bulkWork>): Promise<readonly Reply[]> {
    const work = () =>
      safely(adapter, inbound, bulk ? async () => fitWords(await bulk(), inbound, adapter) : () => handle(adapter, inbound))
    const how = bulk ? queue.along : happens.has(inbound.event.kind) ? queue.always : queue.run
    const done = how(inbound.person.ref, work)
    const { t, locale } = texts.in(inbound.person.locale)
    return done ?? Promise.resolve(fitWords(whisper(sentence(locale, t('app-too-fast'))), inbound, adapter))
  }

  return {
    commands: commandsOf(features, texts),
    receive(adapter, raw, meanwhile, isOurs = () => true) {
      const inbound = sanitized(raw)
      const bulk = bulkWork(features, inbound)
      const work = async (): Promise<readonly Reply[]> => {
        if (meanwhile?.after) await meanwhile.after.catch(retry)
        // Whoever acts for the platform next gets it again.
        if (!isOurs()) throw new Retry('This platform is not this process’s now.')
        return take(adapter, inbound, bulk)
      }
      if (!meanwhile || !isAnswered(inbound)) return work()
      return patience.watch(inbound.id, () => meanwhile.tell(unavailableWords(texts, inbound, adapter, bulk !== undefined)), work)
    },
    status(platform, state) {
      statuses.set(platform, { state, since: deps.clock.now() })
    },
    tick: () => alarms.pass(),
    async draw(subjects, now) {
      const drawn = await Promise.all(
        features.map(feature =>
          feature.draw(
            subjects.filter(subject => subject.startsWith(`${feature.name}_`)),
            now,
          ),
        ),
      )
      return new Map(drawn.flatMap(map => [...map]))
    },
    spaceMoved: (tx, ref) => spaceMoved(tx, deps, ref),
    idle: () => queue.idle(),
  }
}

/** The commands of the features, as platforms list them. */
export function commandsOf(features: readonly Feature[], texts: Catalogues): readonly Command[] {
  const specs = features.flatMap(feature => feature.commands)
  return specs.map(({ name, about, onMessage }) => ({
    name,
    about: inAll(texts, about),
    ...(onMessage && { shortcut: inAll(texts, onMessage.label) }),
  }))
}

/** A text in all languages that there are, by BCP 47 tag. */
function inAll(texts: Catalogues, key: TextKey): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.locales.map(locale => [locale, texts.in(locale).t(key)]))
}

function bulkWork(features: readonly Feature[], inbound: Inbound): (() => Promise<readonly Answer[]>) | undefined {
  if (inbound.event.kind !== 'press') return undefined
  const pressed = readToken(inbound.event.token)
  const feature = pressed && features.find(one => one.name === pressed.feature)
  const bulk = pressed && entry(feature?.bulk, pressed.action)
  const args = bulk && readArgs(bulk.args, pressed.args)
  return args && (() => bulk.run(args, inbound))
}

function sorry(texts: Catalogues, inbound: Inbound, key: TextKey): readonly Reply[] {
  if (happens.has(inbound.event.kind)) return []
  const { t, locale } = texts.in(inbound.person.locale)
  return whisper(sentence(locale, t(key)))
}
