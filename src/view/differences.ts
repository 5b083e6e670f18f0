import type { Capabilities } from '../platform/adapter.ts'
import type { TextKey } from '../texts/keys.ts'
import { fit } from './fit.ts'
import { pictureIn } from './pictured.ts'
import type { View } from './view.ts'

/** What will not be as it was made: the key of a text, with its figures. */
export interface Difference {
  readonly key: TextKey
  readonly args?: Readonly<Record<string, string | number>>
}

/** What becomes of a post on one platform, from what that platform can. `pin`: it is to be pinned. None: it stands there as it was made. */
export function differences(view: View, can: Capabilities, { pin = false }: { readonly pin?: boolean } = {}): readonly Difference[] {
  const { limits, pictures } = can
  const picture = pictureIn(view)
  const parts = fit({ ...view, whole: false }, limits).length
  const isCut = view.buttons.flat().some(({ label }) => label.length > limits.label)
  const is = (so: boolean, key: TextKey, args?: Difference['args']): Difference[] => (so ? [{ key, ...(args && { args }) }] : [])
  return [
    ...is(parts > 1 && view.whole === true, 'app-differs-too-long'),
    ...is(parts > 1 && view.whole !== true, 'app-differs-parts', { n: parts }),
    ...is(picture !== undefined && !pictures.out, 'app-differs-no-picture'),
    ...is(picture !== undefined && pictures.out && !pictures.alt, 'app-differs-alt'),
    ...is(view.blocks.some(({ kind }) => kind === 'when') && !can.readersTime, 'app-differs-time'),
    ...is(isCut, 'app-differs-labels', { max: limits.label }),
    ...is(pin && !can.pin, 'app-differs-pin'),
    ...is(!can.remove, 'app-differs-remove'),
  ]
}

/** The messages that a view becomes there, one after the other. */
export const asOn = (view: View, { limits }: Capabilities): readonly View[] => fit({ ...view, whole: false }, limits)
