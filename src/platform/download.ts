/** The most megabytes of a file that is fetched from a platform: the only place that says so. */
export const FILE_MB = 8
export const FILE_BYTES = FILE_MB * 1024 ** 2

/** How long a file that somebody sent may take to come, in milliseconds. */
const MOST_MS = 15_000

/**
 * Fetches a file from a platform. Follows no redirection, so that a token in `headers` goes nowhere else. Rejects for a file of more than `FILE_BYTES`,
 * one that is not there, and after 15 s; the error names no address, which may be a secret.
 */
export async function download(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
  try {
    const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(MOST_MS) })
    if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`)
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of answer.body) {
      parts.push(part)
      bytes += part.byteLength
      // Leaving the loop ends the transfer.
      if (bytes > FILE_BYTES) throw new Error('too large')
    }
    return Buffer.concat(parts)
  } catch (cause) {
    throw new Error('A file could not be fetched.', {
      cause: cause instanceof Error && !/fetch failed/.test(cause.message) ? cause.message : 'network',
    })
  }
}
