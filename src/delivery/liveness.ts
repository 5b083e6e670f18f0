import pg from 'pg'
import type { Log } from '../log.ts'

// Half of the advisory lock's number; the other half is the platform's name, hashed.
const DELIVERY = 0x666f_6c6b

/** Who may deliver: of all processes on one store, one for each platform. */
export interface Liveness {
  /**
   * The platforms that are this process's own now. `fresh`: those that have just become so: whatever another process has in hand there is in dead hands.
   * Throws where the store cannot be reached.
   */
  hold(): Promise<{ readonly held: readonly string[]; readonly fresh: readonly string[] }>
  end(): Promise<void>
}

/**
 * Holds a session lock for each platform on a connection of its own. PostgreSQL frees it at the moment at which the process dies, so that the next one
 * need not wait for leases to run out. Two processes share the platforms between them, or one stands by. The connection must be a real session: not
 * through a pooler that hands out a new one for each statement.
 */
export function createLiveness(config: pg.ClientConfig, platforms: readonly string[], log: Log): Liveness {
  let client: pg.Client | undefined
  let held: readonly string[] = []
  const connect = async () => {
    // Passed on as it is: a pool hides its password from a copy of its options.
    const made = new pg.Client(config)
    const lost = () => {
      if (client !== made) return
      client = undefined
      held = []
      log.warn({ platforms }, 'the connection that holds the delivery locks was lost')
    }
    made.on('error', lost)
    made.on('end', lost)
    await made.connect()
    client = made
    return made
  }
  const hold = async () => {
    if (client && held.length === platforms.length) return { held, fresh: [] }
    const session = client ?? (await connect())
    const open = platforms.filter(platform => !held.includes(platform))
    const { rows } = await session.query<{ platform: string; got: boolean }>(
      'SELECT platform, pg_try_advisory_lock($1, hashtext(platform)) AS got FROM unnest($2::text[]) AS platform',
      [DELIVERY, open],
    )
    if (client !== session) return { held: [], fresh: [] }
    const fresh = rows.filter(row => row.got).map(row => row.platform)
    held = [...held, ...fresh]
    return { held, fresh }
  }
  const end = async () => {
    const last = client
    client = undefined
    held = []
    await last?.end()
  }
  return { hold, end }
}
