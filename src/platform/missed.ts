import type { View } from '../view/view.ts'

/** What was to be shown to this person alone in the place could not be: it goes elsewhere. */
export interface Missed {
  readonly kind: 'missed'
  readonly view: View
  /** In answer to a press that is still to be answered. */
  readonly isPress: boolean
  /** In answer to that one. */
  readonly command?: string
  /** Nothing can be said there any more: it waits for the next private answer to this person. */
  readonly isLost?: true
  /** It says itself what it is about. */
  readonly isWhole?: true
}
