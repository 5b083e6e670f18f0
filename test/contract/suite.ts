import { describe } from 'vitest'
import { answers } from './answers.ts'
import { hears } from './hears.ts'
import { life } from './life.ts'
import { sends } from './sends.ts'
import type { Platform } from './stage.ts'

/**
 * What every adapter keeps, proved over the wire: each sentence of src/adapter.ts and each of the capabilities. What a platform has not is declared by its
 * capabilities and shows as skipped, with the capability in the test's name. Three of them have nothing to prove yet: no view has a picture, no feature a
 * shortcut, and `once: unsure` and `forms: questions` promise nothing.
 */
export function contract(name: string, platform: Platform): void {
  describe(`the contract on ${name}`, () => {
    hears(platform)
    answers(platform)
    sends(platform)
    life(platform)
  })
}
