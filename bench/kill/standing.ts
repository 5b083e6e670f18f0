import type { Drawn } from '../../src/delivery/post.ts'
import type { Target } from '../../src/feature/feature.ts'
import type { Delivery } from '../../src/store/generated/client.ts'
import { fit } from '../../src/view/fit.ts'
import type { Evidence, Faults } from './judge.ts'
import type { Standing } from './platform.ts'
import type { Posts } from './posts.ts'

/** What stands in the chats is what would be drawn now; once, or twice where it is marked and the platform has no key against it. */
export async function postFaults(evidence: Evidence): Promise<{ readonly faults: Faults; readonly told: readonly string[] }> {
  const { stage, sides } = evidence
  const rows = await stage.prisma.delivery.findMany({ where: { spaceId: { not: null } }, orderBy: { id: 'asc' } })
  const draws = await stage.bot.app.draw([...new Set(rows.map(row => row.subject))], new Date())
  const questions = new Map((await stage.prisma.poll.findMany()).map(poll => [poll.id, poll.question]))
  const told = sides.map(side => {
    const here = rows.filter(row => row.platform === side.platform.name)
    const twice = here.filter(row => copiesOf(side, row, questions).length > 1).length
    const marked = here.filter(row => row.doubled).length
    return `${side.platform.name}: ${here.length} posts, standing twice ${twice}, marked as perhaps doubled ${marked}`
  })
  const faults = rows.flatMap(row => {
    const side = sides.find(one => one.platform.name === row.platform)
    const draw = draws.get(row.subject)
    if (row.state !== 'sent' || !row.message || !draw || !side) return [`${row.key} is ${row.state} (${row.why ?? 'no reason given'})`]
    return [...faceFaults(evidence, side, row, draw), ...copyFaults(evidence, side, row, questions)]
  })
  return { faults, told }
}

function faceFaults({ stage }: Evidence, { platform, all }: Posts, row: Delivery, draw: (to: Target) => Drawn): Faults {
  const texts = stage.bot.deps.texts.in('en')
  const drawn = draw({
    ...{ texts, locale: texts.locale, zone: 'Europe/London', now: new Date(), can: platform.can },
    ...{ spaceId: row.spaceId, personRef: row.personRef },
  })
  const [view] = typeof drawn === 'object' ? fit({ ...drawn.view, whole: true }, platform.can.limits) : []
  const posted = postedOf({ platform, all }, row)
  if (!view || !posted) return [`${row.key} says that it stands at ${row.message}, but it does not`]
  const fresh = platform.face(view)
  if (posted.face === fresh) return []
  return [`${row.key} on ${platform.name} (wanted ${row.wanted}, shown ${row.shown}) says\n${posted.face}\ninstead of\n${fresh}`]
}

function postedOf({ platform, all }: Pick<Posts, 'platform' | 'all'>, row: Delivery): Standing | undefined {
  const { chat, message } = platform.spot(row.message ?? '')
  return all.find(({ on }) => on.chat === chat && on.message === message)
}

/** The messages of a chat that begin as this post does. */
function copiesOf({ platform, all }: Posts, row: Delivery, questions: ReadonlyMap<string, string>): readonly Standing[] {
  const [, kind, id] = row.subject.split('_')
  const question = questions.get(id ?? '') ?? ''
  const words = kind === 'outcome' ? `Result: ${question}` : question
  const { chat } = platform.spot(row.message ?? '')
  return all.filter(one => one.on.chat === chat && one.text.replace(/^[#\s]+/, '').startsWith(words))
}

/** A post may stand twice only where it was in flight when the bot was killed, and then it is marked; never where the platform knows it again. */
function copyFaults({ kills }: Evidence, side: Posts, row: Delivery, questions: ReadonlyMap<string, string>): Faults {
  const copies = copiesOf(side, row, questions).map(posted => posted.at)
  const between = (from: number, to: number) => kills.some(at => at >= from && at <= to)
  const bad = copies.slice(1).some((at, i) => !between(copies[i] ?? 0, at))
  if (copies.length > 1 && side.platform.can.once === 'key') return [`${row.key} stands ${copies.length} times on ${side.platform.name}`]
  return [
    ...(copies.length > 1 && !row.doubled ? [`${row.key} stands ${copies.length} times and is not marked`] : []),
    ...(bad ? [`${row.key} was posted again although it was not in flight when the bot was killed`] : []),
  ]
}
