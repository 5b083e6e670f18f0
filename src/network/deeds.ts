import type { Ctx, Outcome, Press, Submit } from '../feature.ts'
import {
  areaList,
  areaOne,
  areaRetire,
  chooseArea,
  chooseNoArea,
  myAreas,
  openAreaAdd,
  openAreaRename,
  submitAreaAdd,
  submitAreaRename,
} from './areas.ts'
import { cardFor, healthPage, openCard, who } from './card.ts'
import { deletion, goOn, pause, retry } from './danger.ts'
import { coordinatorDesk, type Deed, entry, memberDesk, note, type Tools, turnTo } from './desk.ts'
import { exportNetwork } from './export.ts'
import { join } from './join.ts'
import { codeList, newCode, revoke } from './join-codes.ts'
import { invite, roleList, unrole } from './roles.ts'
import { language, openSetting, settings, submitSetting } from './settings.ts'
import { leave, openSpaceZone, spaceArea, spaceAudience, spaceLanguage, spaceList, spaceOne, submitSpaceZone } from './spaces.ts'
import { accept, decline, look, openCode } from './take.ts'

type Open = (ctx: Ctx, tools: Tools, args: readonly string[]) => Promise<Outcome>

/** Buttons that anybody may press; each looks up for itself who that is. */
const OPEN: Readonly<Record<string, Open>> = {
  who: ctx => who(ctx),
  areas: (ctx, tools) => myAreas(ctx, tools),
  area: (ctx, tools, [id]) => chooseArea(ctx, tools, id),
  join: (ctx, tools, [code = '']) => join(ctx, tools, code),
  role: ctx => openCode(ctx),
  take: (ctx, tools, [code = '']) => look(ctx, tools, code),
  accept: (ctx, tools, [code = '']) => accept(ctx, tools, code),
  decline: async ctx => decline(ctx),
  unrole,
}

/** Buttons for whoever is in the network that they name. */
const MEMBERS: Readonly<Record<string, Deed>> = {
  card: async desk => ({ again: turnTo(desk.ctx, await cardFor(desk)) }),
  noarea: chooseNoArea,
}

/** Buttons for coordinators of the network that they name. */
const OFFICE: Readonly<Record<string, Deed>> = {
  ...{ arealist: areaList, areaone: areaOne, areaadd: openAreaAdd, arearename: openAreaRename, arearetire: areaRetire },
  ...{
    spaces: spaceList,
    space: spaceOne,
    spacearea: spaceArea,
    audience: spaceAudience,
    spacelang: spaceLanguage,
    spacezone: openSpaceZone,
    leave,
  },
  ...{ newcode: newCode, codes: codeList, revoke, roles: roleList, invite },
  ...{
    settings,
    name: openSetting('name'),
    contact: openSetting('contact'),
    zone: openSetting('zone'),
    hide: openSetting('hide'),
    lang: language,
  },
  ...{ health: healthPage, retry, pause, resume: goOn, export: exportNetwork, delete: deletion },
}

const FORMS: Readonly<Record<string, Deed>> = {
  ...{ areaadd: submitAreaAdd, arearename: submitAreaRename, spacezone: submitSpaceZone },
  ...{ name: submitSetting('name'), contact: submitSetting('contact'), zone: submitSetting('zone'), hide: submitSetting('hide') },
}

export async function onPress(ctx: Ctx, tools: Tools, { action, args }: Press): Promise<Outcome> {
  const [networkId, ...rest] = args
  const open = entry(OPEN, action)
  if (open) return open(ctx, tools, args)
  if (action === 'card' && !networkId) return openCard(ctx, tools)
  const member = entry(MEMBERS, action)
  const deed = member ?? entry(OFFICE, action)
  if (!deed) return old(ctx)
  const desk = await (member ? memberDesk : coordinatorDesk)(ctx, tools, networkId)
  return 'refused' in desk ? desk.refused : deed(desk, rest, {})
}

export async function onSubmit(ctx: Ctx, tools: Tools, { action, args, values }: Submit): Promise<Outcome> {
  if (action === 'role') return look(ctx, tools, values['code'] ?? '')
  const [networkId, ...rest] = args
  const deed = entry(FORMS, action)
  if (!deed) return old(ctx)
  const desk = await coordinatorDesk(ctx, tools, networkId)
  return 'refused' in desk ? desk.refused : deed(desk, rest, values)
}

function old(ctx: Ctx): Outcome {
  return note(ctx, 'app-old-button')
}
