import type { Ctx } from '../feature/context.ts'
import { LEAST } from '../kit/breakdown/breakdown.ts'
import type { WholePoll } from './poll.ts'
import { type PollSettings, votersOf } from './settings.ts'

/** A draft as the poll that it would become, for the preview: its buttons work on nothing. */
export function previewPoll(id: string, settings: PollSettings, ctx: Ctx): WholePoll {
  if (!ctx.network) throw new Error('A preview needs a network.')
  const blank = { changedAt: null, hiddenAt: null, addedBy: null, pollId: id }
  return {
    ...settings,
    voters: votersOf(settings),
    id,
    networkId: ctx.network.id,
    state: 'open',
    hideUnder: Math.max(LEAST, ctx.network.hideUnder),
    changedAt: null,
    closedAt: null,
    remindMinutes: null,
    remindAt: null,
    outcome: null,
    createdBy: null,
    createdAt: ctx.speech.now,
    opensAt: settings.opensAt ? new Date(settings.opensAt) : null,
    closesAt: settings.closesAt ? new Date(settings.closesAt) : null,
    options: settings.options.map((text, i) => ({ ...blank, number: i + 1, text })),
    network: { ...ctx.network, areas: [] },
    spaces: [],
  }
}
