import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'

/** `cut`: it falls silent, as a network does. `refuse`: it is closed, and nothing is let in. `mend`: all is well again. */
export interface Way {
  readonly url: string
  cut(): void
  refuse(): void
  mend(): void
  close(): void
}

/** A way of its own to the database server of `url`. */
export async function wayTo(url: string): Promise<Way> {
  const target = new URL(url)
  const folder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    if (isShut) return void near.destroy()
    const far = folder ? dial(`${folder}/.s.PGSQL.${target.port || 5432}`) : dial(Number(target.port || 5432), target.hostname)
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      sockets.add(from)
      from.on('data', bytes => to.write(bytes))
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
    if (isCut) near.pause()
  })
  let isCut = false
  let isShut = false
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const own = new URL(url)
  own.search = ''
  own.hostname = '127.0.0.1'
  own.port = String((server.address() as AddressInfo).port)
  return {
    url: own.href,
    cut() {
      isCut = true
      for (const socket of sockets) socket.pause()
    },
    refuse() {
      isShut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isShut = false
      isCut = false
      for (const socket of sockets) socket.resume()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
