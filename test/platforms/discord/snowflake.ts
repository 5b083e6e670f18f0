const epoch = 1_420_070_400_000

/** Makes ids that carry their time and never repeat, also while the clock stands. Strings, since they do not fit a number. */
export function snowflakes(now: () => Date): () => string {
  let last = 0n
  return () => {
    const first = BigInt(now().getTime() - epoch) << 22n
    last = first > last ? first : last + 1n
    return last.toString()
  }
}

/** When an id was made, in milliseconds since 1970. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + epoch
