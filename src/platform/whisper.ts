import type { Capabilities, Inbound } from './adapter.ts'

/** How much an answer for one person alone can hold. */
export interface Whisper {
  readonly text: number
  readonly buttons: boolean
}

/** What an answer to this, in a group, can be that only the one who did it sees; undefined where there is none. */
export function whisperTo({ whisper }: Pick<Capabilities, 'whisper'>, { event, mayWhisper }: Inbound): Whisper | undefined {
  const isPress = event.kind === 'press' || (event.kind === 'missed' && event.isPress)
  if (whisper.to !== 'each says') return whisper.to === 'everything' || isPress ? whisper : undefined
  if (mayWhisper) return whisper
  return isPress && whisper.brief !== undefined ? { text: whisper.brief, buttons: false } : undefined
}
