/** How a text would be shown: the words, whom it would ping, where it would lead, what would be bold and the like. */
export interface Shown {
  readonly text: string
  /** 'channel', 'here', 'everyone', a user's or a user group's id. */
  readonly pings: readonly string[]
  /** Addresses; for a channel "#C123". */
  readonly links: readonly string[]
  /** Words that stand in another style: "bold: Parks". */
  readonly styled: readonly string[]
}

export interface How {
  /** Addresses, #channels and @here are found without marks too. Slack does so in mrkdwn objects unless `verbatim`. */
  readonly finds?: boolean
  /** Addresses alone are found. */
  readonly findsUrls?: boolean
}

export const nothing: Shown = { text: '', pings: [], links: [], styled: [] }

const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** What people type arrives with these three signs escaped. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const plain = (text: string): Shown => ({ ...nothing, text })

export function together(parts: readonly Shown[], between = '\n'): Shown {
  return {
    text: parts
      .map(part => part.text)
      .filter(text => text !== '')
      .join(between),
    pings: [...new Set(parts.flatMap(part => part.pings))],
    links: [...new Set(parts.flatMap(part => part.links))],
    styled: parts.flatMap(part => part.styled),
  }
}

const styles = [
  ['code', /(?<![\w`])(`)([^`\n]+)`(?![\w`])/g],
  ['bold', /(?<![\w*])(\*)([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])/g],
  ['italic', /(?<!\w)(_)([^_\s](?:[^_\n]*[^_\s])?)_(?!\w)/g],
  ['strike', /(?<![\w~])(~)([^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])/g],
  ['quote', /^(&gt;|>)\s?(.+)$/gm],
] as const

/** Slack's mrkdwn as it would be shown. Escaped signs are words; everything between < and > is a mark. */
export function mrkdwn(source: string, how: How = { finds: true }): Shown {
  const parts: Shown[] = []
  const styled = styles.flatMap(([name, pattern]) =>
    [...source.matchAll(pattern)].map(([, , words]) => `${name}: ${decode((words ?? '').replaceAll(/<[^>|]*\|?([^>]*)>/g, '$1'))}`),
  )
  let from = 0
  for (const mark of source.matchAll(/<([^<>]+)>/g)) {
    parts.push(words(source.slice(from, mark.index), how), token(mark[1] ?? ''))
    from = mark.index + mark[0].length
  }
  parts.push(words(source.slice(from), how))
  return { ...together(parts, ''), text: parts.map(part => part.text).join(''), styled }
}

function words(source: string, how: How): Shown {
  const text = decode(source)
  const links = how.finds || how.findsUrls ? [...text.matchAll(/\bhttps?:\/\/[^\s<>|]+/g)].map(([url]) => url) : []
  if (!how.finds) return { ...nothing, text, links }
  const pings = [...text.matchAll(/(?<![\w@])@(here|channel|everyone)\b/g)].map(([, who]) => who ?? '')
  const channels = [...text.matchAll(/(?<![\w&#])#[a-z][\w-]*/g)].map(([name]) => name)
  return { ...nothing, text, pings, links: [...links, ...channels] }
}

/** What stands between < and >. */
function token(inside: string): Shown {
  const [what = '', label] = inside.split('|', 2)
  const kind = what.charAt(0)
  if (kind === '@') return { ...nothing, text: `@${label ?? what.slice(1)}`, pings: [what.slice(1)] }
  if (kind === '#') return { ...nothing, text: `#${label ?? what.slice(1)}`, links: [what] }
  if (kind !== '!') return { ...nothing, text: decode(label ?? what), links: [decode(what)] }
  const command = what.slice(1)
  if (command.startsWith('date^')) {
    const [, , , link] = command.split('^')
    return { ...nothing, text: decode(label ?? ''), links: link ? [link] : [] }
  }
  if (command.startsWith('subteam^')) return { ...nothing, text: label ?? command, pings: [command.slice('subteam^'.length)] }
  if (command === 'here' || command === 'channel' || command === 'everyone' || command === 'group') {
    return { ...nothing, text: `@${command}`, pings: [command === 'group' ? 'channel' : command] }
  }
  return { ...nothing, text: decode(label ?? `<${inside}>`) }
}

/** A markdown block: links in Markdown's way beside Slack's own marks. */
export function markdown(source: string): Shown {
  const links = [...source.matchAll(/\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)].map(([, url]) => url ?? '')
  const shown = mrkdwn(source.replaceAll(/\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, '$1'))
  return { ...shown, links: [...new Set([...links, ...shown.links])] }
}
