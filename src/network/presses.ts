import { need } from '../feature/args.ts'
import type { Ctx } from '../feature/context.ts'
import type { Press, Submit } from '../feature/feature.ts'
import type { Outcome } from '../feature/outcome.ts'
import { turnTo } from '../feature/replies.ts'
import { ADD, areaList, areaOne, areaRetire, chooseArea, chooseNoArea, myAreas, RENAME } from './areas.ts'
import { cardFor, healthPage, openCard, who } from './card.ts'
import { deletion, goOn, pause, retry } from './danger.ts'
import { exportNetwork } from './export.ts'
import { join } from './join.ts'
import { codeList, newCode, revoke } from './join-codes.ts'
import { asCoordinator, asMember, type Handler, type Tools } from './permissions.ts'
import { invite, roleList, unrole } from './roles.ts'
import { language, SETTINGS, settings } from './settings.ts'
import { leave, SPACE_ZONE, spaceArea, spaceAudience, spaceLanguage, spaceList, spaceOne } from './spaces.ts'
import { accept, decline, look } from './take.ts'

type Open = (ctx: Ctx, tools: Tools, args: readonly string[]) => Promise<Outcome>

/** Buttons that anybody may press; each looks up for itself who that is. */
const OPEN: Readonly<Record<string, Open>> = {
  who: ctx => who(ctx),
  areas: (ctx, tools) => myAreas(ctx, tools),
  area: (ctx, tools, [id]) => chooseArea(ctx, tools, id),
  join: (ctx, tools, [code = '']) => join(ctx, tools, code),
  take: (ctx, tools, [code = '']) => look(ctx, tools, code),
  accept: (ctx, tools, [code = '']) => accept(ctx, tools, code),
  decline: async ctx => decline(ctx),
  unrole,
}

/** Buttons for whoever is in the network that they name. */
const MEMBERS: Readonly<Record<string, Handler>> = {
  card: async acting => ({ again: turnTo(acting.ctx, await cardFor(acting)) }),
  noarea: chooseNoArea,
}

/** Buttons for coordinators of the network that they name. */
const OFFICE: Readonly<Record<string, Handler>> = {
  ...{ arealist: areaList, areaone: areaOne, areaadd: ADD.open, arearename: RENAME.open, arearetire: areaRetire },
  ...{ spaces: spaceList, space: spaceOne, spacearea: spaceArea, audience: spaceAudience, spacelang: spaceLanguage },
  ...{ spacezone: SPACE_ZONE.open, leave },
  ...{ newcode: newCode, codes: codeList, revoke, roles: roleList, invite },
  ...{
    settings,
    name: SETTINGS.name.open,
    contact: SETTINGS.contact.open,
    zone: SETTINGS.zone.open,
    hide: SETTINGS.hide.open,
    lang: language,
  },
  ...{ health: healthPage, retry, pause, resume: goOn, export: exportNetwork, delete: deletion },
}

const FORMS: Readonly<Record<string, Handler>> = {
  ...{ areaadd: ADD.submit, arearename: RENAME.submit, spacezone: SPACE_ZONE.submit },
  ...{ name: SETTINGS.name.submit, contact: SETTINGS.contact.submit, zone: SETTINGS.zone.submit, hide: SETTINGS.hide.submit },
}

/** A button. Who may press it is looked up by what it leads to. */
export async function networkPress(ctx: Ctx, tools: Tools, { action, args }: Press): Promise<Outcome> {
  const [networkId, ...rest] = args
  if (Object.hasOwn(OPEN, action)) return need(OPEN, action)(ctx, tools, args)
  if (action === 'card' && !networkId) return openCard(ctx, tools)
  const isForAll = Object.hasOwn(MEMBERS, action)
  const acting = await (isForAll ? asMember : asCoordinator)(ctx, tools, networkId)
  return 'refused' in acting ? acting.refused : need(isForAll ? MEMBERS : OFFICE, action)(acting, rest, {})
}

/** A form of the coordinators. */
export async function networkSubmit(ctx: Ctx, tools: Tools, { action, args, values }: Submit): Promise<Outcome> {
  const [networkId, ...rest] = args
  const acting = await asCoordinator(ctx, tools, networkId)
  return 'refused' in acting ? acting.refused : need(FORMS, action)(acting, rest, values)
}
