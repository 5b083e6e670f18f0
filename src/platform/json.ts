/** What a piece of JSON says; undefined for what is none. Never throws. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
