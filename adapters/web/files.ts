import type { FileIn } from '../../src/platform/adapter.ts'
import { RecentMap } from '../../src/platform/remember.ts'

/** What the page has sent up, for the form that comes after it. In memory only. */
export interface Files {
  /** Returns the id by which a form brings it. */
  keep(name: string, mime: string, content: Uint8Array): string
  get(id: string): FileIn | undefined
}

/** So many are kept: whoever has the page is one person. */
const MOST = 5

export function openFiles(): Files {
  const kept = new RecentMap<string, FileIn>(MOST)
  return {
    keep(name, mime, content) {
      const id = crypto.randomUUID()
      kept.set(id, { name, mime, bytes: content.byteLength, read: async () => content })
      return id
    },
    get: id => kept.get(id),
  }
}
