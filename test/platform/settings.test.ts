import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiAddress, setting } from '../../src/platform/settings.ts'

test.each<[unknown, string]>([
  [undefined, 'else'],
  ['', 'else'],
  [' \t', 'else'],
  ['said', 'said'],
])('%j is read as %j', (said, read) => {
  expect(setting(z.string().default('else')).parse(said)).toBe(read)
})

test.each<[string, string | undefined]>([
  ['https://chat.example.org/api', 'https://chat.example.org/api'],
  ['http://127.0.0.1:8080//', 'http://127.0.0.1:8080'],
  ['chat.example.org', undefined],
  ['ftp://chat.example.org', undefined],
])('the address %s is read as %s', (said, read) => {
  const { data, error } = apiAddress('you run one').safeParse(said)
  expect(data).toBe(read)
  if (read === undefined) expect(error?.issues[0]?.message).toBe('is not a web address. Leave it out, unless you run one.')
})
