import type { PersonRef, SpaceRef } from '../../src/platform/adapter.ts'

export interface SampleSpace {
  /** `a-z0-9-`: it stands in addresses. */
  readonly key: string
  readonly title: string
  readonly area?: string
  readonly audience: string
}

export interface SamplePerson {
  readonly key: string
  readonly name: string
  /** A few words on who this is, in this chat's language: "resident in Ardwick". */
  readonly note: string
  /** Counts as an admin of every chat. */
  readonly admin?: boolean
}

export interface WebSettings {
  readonly host: '127.0.0.1'
  /** 0: any free port. */
  readonly port: number
  readonly stateDir: string
  readonly sample: { readonly spaces: readonly SampleSpace[]; readonly people: readonly SamplePerson[] }
}

const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/

/** Throws for settings under which this chat would not be a private thing of this computer, or its addresses would not be addresses. */
export function checkSettings(settings: WebSettings): void {
  if (settings.host !== '127.0.0.1') throw new Error('The browser chat is for trying, on this computer only: its host must be 127.0.0.1.')
  const keys = [...settings.sample.spaces, ...settings.sample.people].map(one => one.key)
  const odd = keys.find(key => !KEY.test(key))
  if (odd !== undefined) throw new Error(`The browser chat cannot make an address from the key "${odd}".`)
}

export function spaceRef(key: string): SpaceRef {
  return `web:${key}` as SpaceRef
}

export function personRef(key: string): PersonRef {
  return `web:@${key}` as PersonRef
}

/** The chat that an address speaks of: a space's key, or `@` and a person's key. */
export function chatOf(ref: string): string {
  return ref.slice('web:'.length).split('/')[0] ?? ''
}
