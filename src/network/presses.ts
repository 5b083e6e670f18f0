import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo } from '../feature/replies.ts'
import type { Handlers } from '../kit/presses.ts'
import { ADD, areaList, areaOne, areaRetire, chooseArea, chooseNoArea, myAreas, RENAME } from './areas.ts'
import { cardFor, healthPage, openCard, who } from './card.ts'
import { deletion, goOn, pause, retry } from './danger.ts'
import { exportNetwork } from './export.ts'
import { foundByCode, foundHere } from './founding.ts'
import { join } from './join.ts'
import { codeList, newCode, revoke } from './join-codes.ts'
import { type Acting, asCoordinator, asMember, type Handler, type Tools } from './permissions.ts'
import { invite, roleList, unrole } from './roles.ts'
import { language, SETTINGS, settings } from './settings.ts'
import { leave, SPACE_ZONE, spaceArea, spaceAudience, spaceLanguage, spaceList, spaceOne } from './spaces.ts'
import { accept, decline, look, openCode } from './take.ts'

/** What the buttons and forms of networks do. */

type Open = (ctx: Ctx, tools: Tools, args: readonly string[]) => Promise<Outcome>

/** Buttons that anybody may press; each looks up for itself who that is. */
const OPEN: Readonly<Record<string, Open>> = {
  who: ctx => who(ctx),
  areas: (ctx, tools) => myAreas(ctx, tools),
  area: (ctx, tools, [id]) => chooseArea(ctx, tools, id),
  card: async (ctx, tools, [id]) => (id ? ofMember(cardHere)(ctx, tools, [id]) : openCard(ctx, tools)),
  noarea: ofMember(chooseNoArea),
  join: (ctx, tools, [code = '']) => join(ctx, tools, code),
  take: (ctx, tools, [code = '']) => look(ctx, tools, code),
  accept: (ctx, tools, [code = '']) => accept(ctx, tools, code),
  decline: async ctx => decline(ctx),
  unrole,
}

/** Forms of those who are in no network yet; without words they open. */
const DOORS: Readonly<Record<string, (ctx: Ctx, tools: Tools, words: string) => Promise<Outcome>>> = {
  ...{ enter: join, begin: foundHere, found: foundByCode },
  role: (ctx, tools, words) => (words ? look(ctx, tools, words) : openCode(ctx)),
}

/** For whoever is in the network that the button names. */
function ofMember(work: (acting: Acting) => Promise<Outcome>): Open {
  return async (ctx, tools, [id]) => {
    const acting = await asMember(ctx, tools, id)
    return 'refused' in acting ? acting.refused : work(acting)
  }
}

async function cardHere(acting: Acting): Promise<Outcome> {
  return { again: turnTo(acting.ctx, await cardFor(acting)) }
}

/** Buttons for coordinators of the network that they name. */
const OFFICE: Readonly<Record<string, Handler>> = {
  ...{ arealist: areaList, areaone: areaOne, arearetire: areaRetire },
  ...{ spaces: spaceList, space: spaceOne, spacearea: spaceArea, audience: spaceAudience, spacelang: spaceLanguage, leave },
  ...{ newcode: newCode, codes: codeList, revoke, roles: roleList, invite },
  ...{ settings, lang: language, health: healthPage, retry, pause, resume: goOn, export: exportNetwork, delete: deletion },
}

/** Forms of coordinators; the buttons of the same names open them. */
const QUESTIONS = { areaadd: ADD, arearename: RENAME, spacezone: SPACE_ZONE, ...SETTINGS }

export async function openPress(ctx: Ctx, tools: Tools, name: string, args: readonly string[]): Promise<Outcome> {
  return need(OPEN, name)(ctx, tools, args)
}

export async function door(ctx: Ctx, tools: Tools, name: string, words: string): Promise<Outcome> {
  return need(DOORS, name)(ctx, tools, words)
}

export function officeOf(tools: Tools): Handlers<Acting> {
  const questions = Object.entries(QUESTIONS)
  const presses = [...Object.entries(OFFICE), ...questions.map(([name, { open }]) => [name, open] as const)]
  return {
    find: (ctx, id) => asCoordinator(ctx, tools, id),
    presses: Object.fromEntries(presses.map(([name, run]) => [name, (acting, [, ...args]) => run(acting, args, {})])),
    forms: Object.fromEntries(
      questions.map(([name, { submit }]) => [name, (acting, { args: [, ...args], values }) => submit(acting, args, values)]),
    ),
  }
}
