import { describe } from 'vitest'
import { answers } from './answers.ts'
import { hears } from './hears.ts'
import { life } from './life.ts'
import { pictures } from './pictures.ts'
import { sends } from './sends.ts'
import type { Platform } from './stage.ts'

/**
 * What every adapter keeps, proved over the wire: each sentence of src/platform/adapter.ts and each of the capabilities. What a platform has not is declared by its
 * capabilities and shows as skipped, with the capability in the test's name. Two of them promise nothing that could be proved:
 * `once: unsure` and `forms: questions`.
 */
export function contract(name: string, platform: Platform): void {
  describe(`the contract on ${name}`, () => {
    hears(platform)
    answers(platform)
    sends(platform)
    pictures(platform)
    life(platform)
  })
}
