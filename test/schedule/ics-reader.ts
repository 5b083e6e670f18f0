/** An iCalendar file read strictly by RFC 5545, as the pickiest calendar would: one line is a name, parameters and a value. */
export interface Line {
  readonly name: string
  readonly params: string
  readonly value: string
}

/** The unfolded lines. Throws for a bare CR or LF, a line of more than 75 bytes, or a character that was cut in two. */
export function linesOf(text: string): readonly Line[] {
  if (!text.endsWith('\r\n')) throw new Error('It does not end with a line end.')
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) throw new Error('A line end is not CRLF.')
  const physical = text.slice(0, -2).split('\r\n')
  for (const line of physical) {
    if (Buffer.byteLength(line) > 75) throw new Error(`A line has ${Buffer.byteLength(line)} bytes.`)
    if (!line.isWellFormed()) throw new Error('A character was cut in two.')
  }
  return physical
    .join('\r\n')
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map(line => {
      const [, name = '', params = '', value = ''] = /^([A-Z-]+)((?:;[^:]*)?):([\s\S]*)$/.exec(line) ?? []
      if (name === '') throw new Error(`Not a line of a calendar: ${line}`)
      return { name, params, value }
    })
}

/** The lines between BEGIN and END of each component of this kind. */
export function components(text: string, kind: string): readonly (readonly Line[])[] {
  const all: Line[][] = []
  let open: Line[] | undefined
  for (const line of linesOf(text)) {
    if (line.name === 'END' && line.value === kind) open = undefined
    open?.push(line)
    if (line.name === 'BEGIN' && line.value === kind) {
      open = []
      all.push(open)
    }
  }
  return all
}

/** The value of a property that stands there once, as words. */
export function wordsOf(lines: readonly Line[], name: string): string | undefined {
  const found = lines.filter(line => line.name === name)
  if (found.length > 1) throw new Error(`${name} stands ${found.length} times.`)
  return found[0]?.value.replaceAll(/\\(.)/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign))
}
