import pg from 'pg'

interface Asked {
  readonly text: string
  readonly rows: number
}

/** The statements that `work` asks of the store, each with the number of rows that came back. Nothing about them is changed. */
export async function rowsRead(work: () => Promise<unknown>): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  const own: (...args: readonly unknown[]) => unknown = Reflect.get(pg.Client.prototype, 'query')
  const noted = async function (this: pg.Client, ...args: readonly unknown[]) {
    const result = await (own.apply(this, [...args]) as Promise<{ rows?: readonly unknown[] }>)
    const [first] = args as [string | { text: string }]
    asked.push({ text: typeof first === 'string' ? first : first.text, rows: result?.rows?.length ?? 0 })
    return result
  }
  Reflect.set(pg.Client.prototype, 'query', noted)
  try {
    await work()
  } finally {
    Reflect.set(pg.Client.prototype, 'query', own)
  }
  return asked
}

/** The longest answer among them. */
export async function mostRows(work: () => Promise<unknown>): Promise<number> {
  return Math.max(0, ...(await rowsRead(work)).map(one => one.rows))
}
