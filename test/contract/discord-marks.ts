/** What a reader sees of a message: its words, what is live in them, the moments shown in their own time. */
export interface Read {
  readonly text: string
  readonly live: string[]
  readonly moments: string[]
}

/** Signs that stand for others where a message is full. */
const twins: Readonly<Record<string, string>> = {
  ...{
    '＼': '\\',
    '＊': '*',
    '＿': '_',
    '～': '~',
    '｜': '|',
    '｀': '`',
    '＜': '<',
    '＞': '>',
    '［': '[',
    '］': ']',
    '＠': '@',
    '：': ':',
  },
  ...{ '‐': '-', '＋': '+', '＃': '#', '․': '.', '）': ')' },
}

/** Reads Discord's marks the way its app does: a sign behind a backslash is only a sign; the first mark that fits, from left to right. */
const marks: readonly { readonly is: RegExp; readonly live?: string }[] = [
  { is: /^@(?:everyone|here)/, live: 'mention' },
  { is: /^<(?:@[!&]?|#|:\w+:|\/\w+:)\w+>/, live: 'mention' },
  { is: /^<https?:\/\/[^ >]+>/, live: 'link' },
  { is: /^https?:\/\/[^\s<]+/, live: 'link' },
  { is: /^:[\w+-]+:/, live: 'emoji' },
  { is: /^\[(?:\\.|[^\]\\])+\]\(<?[^)]*\)/, live: 'link' },
  { is: /^(?:\|\||~~|`+|__|_|\*\*\*|\*)(?=\S)/, live: 'mark' },
]
/** Marks that the bot itself makes: bold names, and what stands at the start of a line. */
const own = /^(?:### |-# |> |- )/
/** A whole line that the bot itself has struck out. */
const whole = /^~~((?:\\[^\n]|~(?!~)|[^~\\\n])+)~~(?=\n|$)/

export function readMarks(raw: string): Read {
  const live: string[] = []
  const moments: string[] = []
  let text = ''
  for (let rest = raw, starts = true; rest !== ''; ) {
    const [taken, shown] = step(rest, starts, live, moments)
    starts = taken.endsWith('\n')
    text += shown
    rest = rest.slice(taken.length)
  }
  const plain = text.replaceAll(/[＼＊＿～｜｀＜＞［］＠：‐＋＃․）]/g, sign => twins[sign] ?? sign)
  return { text: plain, live, moments }
}

function step(rest: string, starts: boolean, live: string[], moments: string[]): [taken: string, shown: string] {
  const [escaped] = /^\\[^0-9A-Za-z\s]/.exec(rest) ?? []
  if (escaped) return [escaped, escaped.slice(1)]
  const [mark] = (starts && own.exec(rest)) || []
  if (mark) return [mark, mark === '- ' ? '• ' : '']
  const [struck, words] = (starts && whole.exec(rest)) || []
  if (struck !== undefined && words !== undefined) {
    const inside = readMarks(words)
    live.push(...inside.live)
    return [struck, inside.text]
  }
  const [moment, seconds] = /^<t:(\d+):F> \(<t:\1:R>\)/.exec(rest) ?? []
  if (moment) {
    const at = new Date(Number(seconds) * 1000).toISOString()
    moments.push(at)
    return [moment, at]
  }
  if (rest.startsWith('**')) return ['**', '']
  const found = marks.find(({ is }) => is.test(rest))
  const [hit] = found?.is.exec(rest) ?? []
  if (!hit || !found?.live) return [rest.slice(0, 1), rest.slice(0, 1)]
  const shown = hit.startsWith('<http') ? hit.slice(1, -1) : hit
  live.push(`${found.live} ${shown}`)
  return [hit, shown]
}
