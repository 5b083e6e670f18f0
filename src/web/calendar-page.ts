import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { html, raw } from 'hono/html'
import type { Happening } from '../schedule/happening.ts'
import { clockTime, dayName, isoDay, isoMinute, longDay, monthName, shortDay, weekdays, weeksOf } from '../texts/days.ts'
import type { Texts } from '../texts/texts.ts'
import { fullTime } from '../texts/when.ts'

export interface PlannedPage {
  /** Of the network. */
  readonly network: string
  /** Soonest first; those that have begun already stand on the first day. */
  readonly happenings: readonly Happening[]
  readonly from: Date
  readonly to: Date
  /** When the link to it ends. */
  readonly endsAt?: Date | undefined
}

/** Who reads: `zone` is that of the network. */
export interface PageReader {
  readonly texts: Texts
  readonly locale: string
  readonly zone: string
  readonly now: Date
}

const style = readFileSync(new URL('./calendar-page.css', import.meta.url), 'utf8')

/** What the page may load and do: nothing but its own style. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`

type Html = ReturnType<typeof html>

interface Entry {
  readonly one: Happening
  readonly id: string
  /** When it begins, or the first moment of the page. */
  readonly at: Date
}

interface Day {
  readonly iso: string
  readonly at: Date
  readonly entries: readonly Entry[]
}

/** What coordinators have planned: a page of HTML that needs nothing else, by day, and by month where there is room for it. Every word in it is escaped. */
export function calendarPage(page: PlannedPage, reader: PageReader): string {
  const { t, locale } = reader.texts
  const months = monthsOf(page, reader)
  const made = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${t('calendar-page-title', { network: page.network })}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>${t('calendar-page-title', { network: page.network })}</h1>
<p>${t('calendar-page-range', { from: longDay(page.from, reader), to: longDay(page.to, reader), zone: reader.zone.replaceAll('_', ' ') })}</p>
<p class="quiet">${t('calendar-page-made', { when: fullTime(reader.now, reader) })}${page.endsAt ? ` ${t('calendar-page-until', { when: fullTime(page.endsAt, reader) })}` : ''}</p>
</header>
<main>
${months.length > 0 ? months.map(days => monthPart(days, page, reader)) : html`<p>${t('calendar-page-none')}</p>`}
</main>
</body>
</html>
`
  return made.toString()
}

/** Days with something on them, by month. */
function monthsOf({ happenings, from }: PlannedPage, reader: PageReader): readonly (readonly Day[])[] {
  const days = new Map<string, Entry[]>()
  const entries = happenings.map((one, i): Entry => ({ one, id: `h${i + 1}`, at: one.startsAt < from ? from : one.startsAt }))
  for (const entry of entries) {
    const iso = isoDay(entry.at, reader)
    const there = days.get(iso)
    if (there) there.push(entry)
    else days.set(iso, [entry])
  }
  const months = new Map<string, Day[]>()
  for (const [iso, on] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const month = iso.slice(0, 7)
    const day: Day = { iso, at: on[0]?.at ?? from, entries: on }
    months.set(month, [...(months.get(month) ?? []), day])
  }
  return [...months.values()]
}

function monthPart(days: readonly Day[], page: PlannedPage, reader: PageReader): Html {
  const at = days[0]?.at ?? page.from
  const id = `m${isoDay(at, reader).slice(0, 7)}`
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${monthName(at, reader)}</h2>
${grid(at, days, reader)}
${days.map(day => dayPart(day, page, reader))}
</section>
`
}

/** The month at a glance, on wide screens; its words lead to the days below. */
function grid(at: Date, days: readonly Day[], reader: PageReader): Html {
  const { t } = reader.texts
  const [long, short] = [weekdays(reader.locale, 'long'), weekdays(reader.locale, 'short')]
  const on = new Map(days.map(day => [day.iso, day.entries]))
  const today = isoDay(reader.now, reader)
  // Weeks that are over are left out.
  const weeks = weeksOf(at, reader).filter(week => week.some(iso => iso !== undefined && iso >= today))
  return html`<table>
<caption>${t('calendar-page-month', { month: monthName(at, reader) })}</caption>
<thead><tr>${long.map((name, i) => html`<th scope="col"><abbr title="${name}">${short[i] ?? name}</abbr></th>`)}</tr></thead>
<tbody>
${weeks.map(week => html`<tr>${week.map(iso => cell(iso, (iso && on.get(iso)) || [], iso === today, t))}</tr>\n`)}</tbody>
</table>`
}

function cell(iso: string | undefined, entries: readonly Entry[], isToday: boolean, t: Texts['t']): Html {
  if (!iso) return html`<td></td>`
  const number = html`<time datetime="${iso}">${Number(iso.slice(8))}</time>`
  const items = entries.map(({ one, id }) => {
    const name = nameOf(one, t)
    return html`<li><a href="#${id}" dir="auto">${one.isCancelled ? html`<s>${name}</s>` : name}</a></li>`
  })
  const list = items.length > 0 ? html`<ul role="list">${items}</ul>` : ''
  return isToday ? html`<td aria-current="date">${number}${list}</td>` : html`<td>${number}${list}</td>`
}

function dayPart({ iso, at, entries }: Day, page: PlannedPage, reader: PageReader): Html {
  return html`<div class="day">
<h3 id="d${iso}">${dayName(at, reader)}</h3>
<ul role="list">
${entries.map(entry => entryPart(entry, page, reader))}</ul>
</div>
`
}

function nameOf({ name, what }: Happening, t: Texts['t']): string {
  return what ? t(what, { name }) : name
}

function entryPart({ one, id }: Entry, page: PlannedPage, reader: PageReader): Html {
  const { t } = reader.texts
  const words = nameOf(one, t)
  const name = one.isCancelled ? html`<s>${words}</s> <em>${t('calendar-page-cancelled')}</em>` : words
  return html`<li id="${id}">
<p class="time"><time datetime="${isoMinute(one.startsAt, reader)}">${timeOf(one, page.from, reader)}</time></p>
<div>
<h4 dir="auto">${name}</h4>
${one.place ? html`<p class="place" dir="auto">${one.place}</p>` : ''}
${one.about && one.about !== one.name ? html`<p class="about" dir="auto">${one.about}</p>` : ''}
${linkPart(one, t)}
</div>
</li>
`
}

/** "18:00", "18:00 to 20:00", or with the days where it goes over midnight. */
function timeOf({ startsAt, endsAt }: Happening, from: Date, reader: PageReader): string {
  const { t } = reader.texts
  const start =
    startsAt < from && isoDay(startsAt, reader) !== isoDay(from, reader) ? shortDay(startsAt, reader) : clockTime(startsAt, reader)
  if (!endsAt) return start
  const sameDay = isoDay(startsAt, reader) === isoDay(endsAt, reader)
  return t('calendar-page-time', { from: start, to: sameDay ? clockTime(endsAt, reader) : shortDay(endsAt, reader) })
}

/** Only an address of the web becomes a link. */
function linkPart({ link, name }: Happening, t: Texts['t']): Html | '' {
  if (link === undefined || !URL.canParse(link)) return ''
  const { protocol, href, host } = new URL(link)
  if (protocol !== 'https:' && protocol !== 'http:') return ''
  return html`<p><a href="${href}" rel="noreferrer" aria-label="${t('calendar-page-more', { name, host })}">${host}</a></p>`
}
