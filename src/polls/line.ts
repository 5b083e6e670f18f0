import { DateTime } from 'luxon'
import type { Ctx } from '../feature/context.ts'
import type { Deps } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { whisper } from '../feature/replies.ts'
import { isHereAlone, PLACES } from '../kit/line/places.ts'
import { lineWith, type Readers, type Said, understand } from '../kit/line/said.ts'
import { timeReader } from '../kit/line/times.ts'
import { told } from '../kit/refusal.ts'
import { timeOr } from '../schedule/asked-time.ts'
import { weekFromNow } from '../schedule/plain-time.ts'
import { fullTime } from '../texts/when.ts'
import { sameKey, sanitizeLine } from '../view/sanitize.ts'
import { createPoll } from './create.ts'
import { checkWords } from './domain.ts'
import { pollDrafts } from './draft.ts'
import { defaults, type PollSettings } from './settings.ts'
import { postedView } from './view-manage.ts'

/** `/poll Question? | A | B | closes: Friday 6pm`: posted at once where it is for this chat alone and all of it was understood, else a draft. */

type Settings = PollSettings

const BY_HAND: readonly string[] = ['never', 'by hand']

const closing = timeReader<Settings>('closes', at => ({ closesAt: at.toISOString() }))

const READERS: Readers<Settings> = {
  ...PLACES,
  // A poll that opens later is open for the usual week from then on.
  opens: timeReader<Settings>('opens', at => ({ opensAt: at.toISOString(), closesAt: weekAfter(at) })),
  closes: async (ctx, value, now) => (BY_HAND.includes(sameKey(value)) ? { changes: { closesAt: null } } : closing(ctx, value, now)),
  when: opensOrCloses,
}

function weekAfter(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'utc' }).plus({ weeks: 1 }).toJSDate().toISOString()
}

/** Of a poll a time alone can mean either. */
async function opensOrCloses(ctx: Ctx, value: string): Promise<Said<Settings>> {
  const { t } = ctx.speech.texts
  const anew = { press: 'draft', label: t('line-show-draft') }
  const read = await timeOr(ctx, value)
  if ('problem' in read) return { problem: read.problem, readings: [], anew }
  const when = fullTime(read.at, ctx.speech)
  const at = read.at.toISOString()
  const readings = [
    { label: t('polls-when-opens'), changes: { opensAt: at, closesAt: weekAfter(read.at) } },
    { label: t('polls-when-closes'), changes: { closesAt: at } },
  ]
  return { problem: t('polls-when-which', { when }), readings, anew }
}

export async function pollLine(ctx: Ctx, deps: Deps, args: string): Promise<Outcome> {
  const drafts = pollDrafts(deps)
  const line = lineWith(args, READERS, true)
  const question = sanitizeLine(line.words)
  const made = await understand(ctx, line, defaults(question, line.plain, ctx.space?.id, weekFromNow(ctx.speech)), READERS)
  const wrong = checkWords(question, line.plain)
  if (wrong) return drafts.mend(ctx, made.settings, 'words', told(wrong, ctx.speech))
  const isClear = made.misread.length === 0 && isHereAlone(made.settings) && ctx.roles.has('coordinator')
  if (!isClear || !ctx.network || !ctx.person) return drafts.fromLine(ctx, made)
  const poll = await createPoll(ctx.tx, deps, {
    ...{ networkId: ctx.network.id, personId: ctx.person.id, id: ctx.ids.id() },
    settings: { ...made.settings, places: { ...made.settings.places, audience: audienceOf(ctx) } },
  })
  return 'key' in poll ? drafts.begin(ctx, made.settings, told(poll, ctx.speech)) : whisper(postedView(poll, ctx.speech))
}

/** Who answers what is posted in one chat: the people of that chat. */
function audienceOf({ space }: Ctx): Settings['places']['audience'] {
  return space?.audience === 'steering' ? 'steering' : 'residents'
}
