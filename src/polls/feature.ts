import { touch } from '../delivery/outbox.ts'
import type { Ctx } from '../feature/context.ts'
import { defineFeature } from '../feature/define.ts'
import type { Deps, Feature, Section } from '../feature/feature.ts'
import { token } from '../feature/token.ts'
import { sentence, view } from '../view/make.ts'
import type { Button } from '../view/view.ts'
import { pollActions } from './actions.ts'
import { wantScrub } from './close.ts'
import { drawPosts } from './draw.ts'
import { closeDue, openDue, remindDue, scrubDue } from './due.ts'
import { exportPolls, forgetNetworkPolls, personalDataLines, pollsStandingIn, waitingPolls } from './personal-data.ts'
import { loadPolls } from './poll.ts'
import { closeWhen, openWhen, remindWhen, scrubWhen } from './when.ts'
import { claimWords } from './words.ts'

// Coordinators' work is loaded when the first of them does some: a vote needs none of it, and would wait for it at every start otherwise.
const command = () => import('./command.ts')
const reports = () => import('./report.ts')
const people = () => import('./people.ts')

/** How many are listed or offered at once. */
const MOST = 10

/** Polls: a question to one or more spaces, one tally. */
export function pollsFeature(deps: Deps): Feature {
  return defineFeature({
    name: 'polls',
    commands: [
      {
        ...{ name: 'poll', about: 'polls-command', example: 'polls-example', where: 'network' },
        run: async (ctx, args) => (await command()).runPoll(ctx, deps, args),
        onMessage: {
          ...{ label: 'polls-make-this', about: 'polls-make-this-about' },
          run: async (ctx, { text }) => (await command()).pollFrom(ctx, deps, text),
        },
        suggest: async (ctx, typed) => (await import('../kit/verbs.ts')).suggestVerbs((await command()).pollCommand(deps), ctx, typed),
      },
    ],
    ...pollActions(deps),
    claims: (ctx, said) => claimWords(ctx, deps, said),
    alarms: [
      { ...openWhen, run: turn => openDue(deps, turn) },
      { ...closeWhen, run: turn => closeDue(deps, turn) },
      { ...remindWhen, run: turn => remindDue(deps, turn) },
      { ...scrubWhen, run: () => scrubDue(deps) },
    ],
    draw: subjects => drawPosts(deps, subjects),
    forPerson: waitingSection,
    personalData: personalDataLines,
    forExport: exportPolls,
    calendar: async (tx, ask) => (await import('./calendar.ts')).pollsInCalendar(tx, ask),
    listens: {
      'area said': async (tx, said) => (await import('./areas.ts')).moveIntoArea(tx, said),
      'acts late': (tx, { at }) => wantScrub(tx, new Date(at)),
      // What was promised before people answered is kept: it may hide more, never less.
      async 'numbers hidden'(tx, { networkId, under }) {
        const raised = await tx.poll.updateManyAndReturn({
          where: { networkId, state: { in: ['scheduled', 'open'] }, hideUnder: { lt: under } },
          data: { hideUnder: under },
          select: { id: true },
        })
        await touch(
          tx,
          raised.map(poll => `polls_post_${poll.id}`),
        )
      },
      async 'space moved'(tx, { spaceId }) {
        const open = await tx.poll.findMany({ where: { state: 'open', spaces: { some: { spaceId } } }, select: { id: true } })
        await touch(
          tx,
          open.map(poll => `polls_post_${poll.id}`),
        )
      },
    },
    answers: { 'make poll': async (tx, wish) => (await import('./asked.ts')).pollFor(tx, deps, wish) },
    forPack: async (tx, period, speech) => (await reports()).pollsForPack(tx, period, speech),
    forBulletin: async (tx, period, speech) => (await reports()).pollsForBulletin(tx, period, speech),
    metrics: [
      {
        ...{ name: 'polls_open', help: 'Polls that can be answered now, of all networks' },
        read: () => deps.store.poll.count({ where: { state: 'open' } }),
      },
    ],
    standsIn: pollsStandingIn,
    forget: async (tx, who) => (await people()).forgetInPolls(tx, who),
    join: async (tx, who) => (await people()).joinInPolls(tx, who),
    forgetNetwork: forgetNetworkPolls,
    async offers(tx, spaceId, speech) {
      const space = await tx.space.findUniqueOrThrow({ where: { id: spaceId } })
      const elsewhere = { networkId: space.networkId, state: 'open' as const, spaces: { none: { spaceId } } }
      const polls = await loadPolls(tx, elsewhere, MOST)
      const n = await tx.poll.count({ where: elsewhere })
      const { t, locale } = speech.texts
      const rows = polls.map((poll): Button[] => [{ label: poll.question, token: token('polls', 'offer', poll.id, spaceId) }])
      return rows.length > 0 ? [sentence(locale, t('polls-offer', { n, space: space.title }), rows)] : []
    },
  })
}

async function waitingSection(ctx: Ctx): Promise<readonly Section[]> {
  const polls = await waitingPolls(ctx)
  const { t, locale } = ctx.speech.texts
  if (polls.length === 0) return []
  const shown = polls.slice(0, MOST)
  const rows = shown.map((poll): Button[] => [{ label: poll.question, token: token('polls', 'mine', poll.id) }])
  return [
    {
      view: view({
        lang: locale,
        blocks: [
          { kind: 'title', text: t('polls-waiting', { n: polls.length }) },
          { kind: 'list', items: shown.map(poll => poll.question) },
          ...(polls.length > MOST ? [{ kind: 'quiet', text: t('polls-list-more') } as const] : []),
        ],
        buttons: rows,
      }),
    },
  ]
}
