import { telegram } from '../../adapters/telegram/index.ts'
import type { PersonRef, SpaceRef } from '../../src/platform/adapter.ts'
import { withoutBars } from '../helpers/bars.ts'
import type { Group } from '../platforms/telegram/groups.ts'
import type { Person as Account } from '../platforms/telegram/people.ts'
import type { Posted } from '../platforms/telegram/posted.ts'
import type { Press } from '../platforms/telegram/press.ts'
import { startTelegram, type Telegram } from '../platforms/telegram/server.ts'
import type { Deed, Person, Place, Said, Side, SideOptions } from './side.ts'
import { type Taken, watched } from './watched.ts'

const TOKEN = '1234:abc'
const WAY = 'Open private chat'

interface Inside {
  readonly tg: Telegram
  readonly groups: Group[]
}

export async function telegramSide({ clock, strict }: SideOptions): Promise<Side & { readonly server: Telegram }> {
  const tg = await startTelegram({ token: TOKEN, clock, strict })
  const inside: Inside = { tg, groups: [] }
  const taken: Taken = { ids: new Set(), count: 0 }
  const accounts = new Map<Person, Account>()
  let isUnavailable = false
  return {
    name: 'telegram',
    server: tg,
    changes: tg.world.changes,
    // Twenty a minute in a group: the adapter keeps to that itself.
    cadenceMs: telegram.can.editEveryMs + 600,
    open: bench => watched(telegram.open({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: tg.apiRoot }, bench), taken, tg.world.changes),
    place(title) {
      const group = tg.group(title)
      inside.groups.push(group)
      return placeOf(tg, group, title)
    },
    person(name) {
      const account = tg.person(name, { language: 'en', started: true })
      const person = personOf(inside, account)
      accounts.set(person, account)
      return person
    },
    runs(person) {
      const account = accounts.get(person)
      for (const group of account ? inside.groups : []) if (account) group.admin(account)
    },
    get taken() {
      return taken.count
    },
    isQuiet: () => isUnavailable || !tg.world.tokenWorks || (tg.world.updates.isPolled && tg.world.updates.pendingCount === 0),
    calls: kind => tg.calls(kind === 'send' ? 'sendMessage' : 'editMessageText').length,
    goesAway() {
      isUnavailable = true
      tg.fail({ method: '*', times: Number.MAX_SAFE_INTEGER, with: 'drop' })
      tg.world.updates.release()
    },
    comesBack() {
      isUnavailable = false
      tg.heal()
    },
    cut() {
      tg.fail({ method: 'getUpdates', with: 'drop' })
      tg.world.updates.release()
    },
    everyNth(n, retry_after) {
      for (let i = 0; i < 200; i += 1) tg.fail({ method: '*', skip: n - 1, with: { status: 429, retry_after } })
    },
    revokes: () => tg.revokeToken(),
    close: () => tg.stop(),
  }
}

const SAID = new WeakMap<Posted, Said>()
const BACK = new WeakMap<Said, Posted>()

function saidOf(posted: Posted): Said {
  const made = SAID.get(posted) ?? {
    // Telegram uses the numbers of what one person alone sees again.
    id: posted.sees === undefined ? `${posted.chat}/${posted.id}` : `${posted.chat}/alone${posted.ephemeralId}/${posted.at}`,
    get text() {
      return withoutBars(posted.text)
    },
    get buttons() {
      return posted.labels.flat()
    },
    get edits() {
      return posted.edits
    },
  }
  SAID.set(posted, made)
  BACK.set(made, posted)
  return made
}

function postedOf(said: Said): Posted {
  const posted = BACK.get(said)
  if (!posted) throw new Error('that does not stand on Telegram')
  return posted
}

function placeOf(tg: Telegram, group: Group, title: string): Place {
  return {
    on: 'telegram',
    ref: `telegram:${group.id}` as SpaceRef,
    title,
    get said() {
      return group.fromBot.map(saidOf)
    },
    removes: said => group.remove(postedOf(said)),
    vanishes: () => group.vanish(),
    throwsOut: () => group.kick(),
    takesBack: () => group.add(tg.person('Olu')),
  }
}

function personOf(inside: Inside, account: Account): Person {
  const { tg, groups } = inside
  const answered = new Set<Posted>()
  /** After a command in a group: where that stands. */
  let asked: Posted | undefined
  const followed = new Set<Posted>()
  /** What the group shows to this person alone, and where it stands only in private the way there. */
  const alone = (): Posted[] => groups.flatMap(group => account.seesAlone(group))
  /** Words and files are asked for in the private chat: a way leads there. */
  function follow(): void {
    if (!asked) return
    const way = alone().find(one => !followed.has(one) && one.labels.flat().includes(WAY))
    if (!way) return
    asked = undefined
    followed.add(way)
    account.opens(way, WAY)
  }
  /** All that the bot has said to this person, as it came. */
  function heard(): Posted[] {
    follow()
    const all = [...account.messages.filter(one => one.from === tg.world.me.id), ...alone()]
    return all.sort((a, b) => a.at - b.at)
  }
  return {
    on: 'telegram',
    ref: `telegram:${account.id}` as PersonRef,
    name: account.user.first_name,
    get said() {
      return heard().map(saidOf)
    },
    // There are none: a form is asked for question by question.
    form: undefined,
    get wrong() {
      return heard().at(-1)?.text ?? ''
    },
    says(where, text) {
      const group = where === 'private' ? where : tg.groupOf(Number(where.ref.slice('telegram:'.length)))
      const { update, posted } = account.says(group, text)
      if (where !== 'private' && text.startsWith('/')) asked = posted
      const isTaken = (): boolean => !tg.pending.some(one => one.update_id === update?.update_id)
      return {
        get taken() {
          return tg.until(isTaken, 'what was said to be taken')
        },
        answer: Promise.resolve(''),
        again: () => update && tg.redeliver(update),
      }
    },
    presses: (said, which) =>
      pressed(tg, account, account.presses(postedOf(said), typeof which === 'string' ? which : { data: which.token })),
    async fills(...values) {
      for (const [i, value] of values.entries()) {
        const number = `${i + 1} of ${values.length}. `
        const look = (): Posted | undefined => {
          follow()
          return account.messages.findLast(one => one.text.includes(number) && !answered.has(one))
        }
        const question = await tg.until(look, `question ${number}`)
        answered.add(question)
        if (!value) await account.presses(question, value === '' ? 'Leave empty' : 'Keep it').answer
        else if (typeof value === 'object' && 'picture' in value) account.says('private', '', { photo: value.picture })
        else account.says('private', typeof value === 'string' ? value : value.words)
      }
    },
  }
}

function pressed(tg: Telegram, account: Account, press: Press): Deed {
  let words: Promise<string> | undefined
  /** An answer that is a way into the private chat is followed once, whoever looks. */
  const answered = (): Promise<string> => {
    words ??= press.answer.then(({ text, url }) => {
      if (url !== undefined) account.opens(url)
      return text
    })
    return words
  }
  return {
    get taken() {
      return answered()
    },
    get answer() {
      return answered()
    },
    again: () => press.update && tg.redeliver(press.update),
  }
}
