/** Which chats of a network something goes to. An empty list narrows nothing down; named chats stand for themselves, whatever else is set. */
export interface Places {
  readonly spaces: readonly string[]
  readonly areas: readonly string[]
  readonly platforms: readonly string[]
  readonly audience: 'residents' | 'steering' | 'everyone'
}
