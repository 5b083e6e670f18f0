import type { Command } from './adapter.ts'

/** A command in the list for those who set an app up by hand, with more of its words, in English. */
export interface Listed extends Command {
  /** What the shortcut does. */
  readonly shortcutAbout?: string
  /** What may stand behind it, each by itself: an example, and words of its own. */
  readonly takes?: readonly string[]
}
