import { z } from 'zod'

const empty = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value)

/** A variable of the environment. One that is there and says nothing counts as one that is not there. */
export const setting = <Inner extends z.ZodType>(inner: Inner) => z.preprocess(empty, inner)

/** Where a platform's API is asked, without a slash at its end. `unless`: for whom another one than the platform's own is right, as the end of a sentence. */
export const apiAddress = (unless: string) =>
  z
    .url({ protocol: /^https?$/, error: `is not a web address. Leave it out, unless ${unless}.` })
    .transform(address => address.replace(/\/+$/, ''))

/** What settings come to once they are read. */
export type Read<Settings extends Readonly<Record<string, z.ZodType>>> = { readonly [Name in keyof Settings]: z.output<Settings[Name]> }
