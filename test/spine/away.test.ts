import { describe, expect } from 'vitest'
import type { Posted } from '../platforms/telegram/posted.ts'
import { test as base, type Moot, STREETS } from './moot.ts'

const test = base.extend({ hasty: true })

const LATER = 'I cannot write anything down just now. I will when I can'

async function standing({ jo, ardwick, sees }: Moot): Promise<Posted> {
  jo.says(ardwick, STREETS)
  const poll = await sees(ardwick, 'What matters most')
  await sees(jo, 'It goes out now to 1 chat.')
  return poll
}

const ballots = ({ store }: Moot) => store.prisma.ballot.count()

/** Everything that is pending is taken again. */
async function back(on: Moot): Promise<void> {
  on.way.mend()
  await on.tg.until(() => on.tg.pending.length === 0, 'all to be taken')
  await on.settle()
  on.faults.splice(0)
}

const takenAway = {
  'is closed': (on: Moot) => on.way.refuse(),
  hangs: (on: Moot) => on.way.cut(),
} as const

describe('while the store', () => {
  test.for(['is closed', 'hangs'] as const)(
    '%s: who presses hears so, nothing counts, and it is counted when it is back',
    async (how, { on }) => {
      const poll = await standing(on)
      takenAway[how](on)
      const [amina, bea] = [on.person('Amina'), on.person('Bea', { started: false })]
      const first = amina.presses(poll, '1. Buses')
      expect(await first.answer).toEqual({ text: `${LATER}: My vote shows it.`, alert: true, url: undefined })
      // Those who come later hear it as well, though the first one's press is not done.
      const second = bea.presses(poll, '2. Parks')
      expect((await second.answer).text).toBe(`${LATER}: My vote shows it.`)
      expect([await ballots(on), on.tg.pending.length]).toEqual([0, 2])
      on.jo.says(on.ardwick, '/poll list')
      expect((await on.sees(on.jo, `${LATER}.`)).chat).toBe(on.ardwick.id)
      await back(on)
      expect(await ballots(on)).toBe(2)
      // A press is answered once: the receipt goes to the private chat, where it is open.
      expect(on.tg.calls('answerCallbackQuery')).toHaveLength(2)
      await on.sees(amina, 'Counted: Buses.')
      await bea.presses(poll, 'My vote').answer
      expect((await on.sees(bea, 'Your answer:')).text).toContain('• Parks')
      expect(on.ardwick.fromBot.filter(one => one.text.includes(LATER))).toEqual([])
      expect(on.jo.seesAlone().filter(one => one.text.includes(LATER))).toHaveLength(1)
    },
  )
})

test('while the store is closed, a press in private is answered with the words, not with nothing', async ({ on }) => {
  const poll = await standing(on)
  const amina = on.person('Amina', { started: true })
  await amina.presses(poll, '1. Buses').answer
  amina.starts(`polls_mine_${(await on.store.prisma.poll.findFirstOrThrow()).id}`)
  const card = await on.sees(amina, 'Your answer:')
  on.way.refuse()
  expect(await amina.presses(card, 'Take back: Buses').answer).toEqual({ text: `${LATER}.`, alert: false, url: undefined })
  expect(amina.messages.filter(one => one.text.includes(LATER))).toEqual([])
  await back(on)
  await on.sees(amina, 'Taken back.')
})

test('a disk that is full: who votes, asks or writes hears so, once, and all of it is done when there is room', async ({ on }) => {
  const poll = await standing(on)
  const { pool } = on.store
  await pool.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $f$`,
  )
  await pool.query('CREATE TRIGGER refuse BEFORE INSERT ON "Seen" FOR EACH ROW EXECUTE FUNCTION refuse()')
  const amina = on.person('Amina')
  const press = amina.presses(poll, '1. Buses')
  expect((await press.answer).text).toBe(`${LATER}: My vote shows it.`)
  amina.says('private', '/mine')
  await on.sees(amina, `${LATER}.`)
  const fetches = on.tg.calls('getUpdates').length
  await on.tg.until(() => on.tg.calls('getUpdates').length > fetches + 5, 'it to be tried again and again')
  expect(await ballots(on)).toBe(0)
  await pool.query('DROP TRIGGER refuse ON "Seen"')
  await back(on)
  expect(await ballots(on)).toBe(1)
  await on.sees(amina, 'Counted: Buses.')
  await on.sees(amina, 'For you')
  expect(amina.messages.filter(one => one.text.includes(LATER))).toHaveLength(1)
})
