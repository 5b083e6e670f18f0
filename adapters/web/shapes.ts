import { z } from 'zod'

/** A line of the journal, as far as it must be sound to be read back. */
export const Line = z.looseObject({ ref: z.templateLiteral(['web:', z.string()]), chat: z.string(), n: z.int().positive(), at: z.string() })
