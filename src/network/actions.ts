import { actionsIn, id, oneOf, whole, yes } from '../feature/args.ts'
import type { Action, Args, Feature, FormAction } from '../feature/feature.ts'
import { pressActions, pressForms } from '../kit/presses.ts'
import type { Tools } from './permissions.ts'

/** What the buttons, forms and links of networks carry. */

// What coordinators do is loaded when the first of them comes: votes need none of it, and wait for it at every start otherwise.
const deeds = () => import('./presses.ts')

const page = whole.optional()
const role = oneOf('coordinator', 'steering', 'decision-maker')
const audience = oneOf('residents', 'steering')

/** For everybody. Codes are written without their dashes, or with them. */
const OPEN: Readonly<Record<string, Args>> = {
  ...{ who: [], areas: [], area: [id], noarea: [id], accept: [id], decline: [], unrole: [id, id, role, yes] },
}
const OFFICE: Readonly<Record<string, Args>> = {
  ...{ arealist: [id, page], areaone: [id, id], arearetire: [id, id, yes] },
  ...{ spaces: [id, page], space: [id, id], spacearea: [id, id, id.optional()], audience: [id, id], spacelang: [id, id, id.optional()] },
  ...{ leave: [id, id, yes], codes: [id, page], revoke: [id, id], roles: [id, page] },
  ...{ settings: [id], lang: [id, id.optional()], health: [id, page], retry: [id], pause: [id, yes], resume: [id], export: [id] },
  ...{
    newcode: [id, id.optional(), audience.optional()],
    invite: [id, role.optional()],
    delete: [id, oneOf('ask', 'yes', 'stop').optional()],
  },
}
/** What is to be made is asked step by step; the last step makes it, and no link leads there. */
const LINKS: Readonly<Record<string, Args>> = { newcode: [id, id.optional()], invite: [id] }
const FORMS: Readonly<Record<string, Args>> = {
  ...{ areaadd: [id], arearename: [id, id], spacezone: [id, id], name: [id], contact: [id], zone: [id], hide: [id] },
}

/** Forms that somebody who is in no network fills in, each about where they are. */
const DOORS = ['enter', 'begin', 'found', 'role'] as const

export function networkActions(tools: Tools): Pick<Feature, 'actions' | 'forms' | 'bulk'> {
  const office = async () => (await deeds()).officeOf(tools)
  const pressed =
    (name: string): Action['run'] =>
    async (ctx, args) =>
      (await deeds()).openPress(ctx, tools, name, args)
  const doorForm = (name: (typeof DOORS)[number]): FormAction => ({
    ...{ args: [], link: 'opens it' },
    open: async ctx => (await deeds()).door(ctx, tools, name, ''),
    read: async (ctx, { values }) => (await deeds()).door(ctx, tools, name, values['code'] ?? values['name'] ?? ''),
  })
  return {
    actions: {
      join: { args: [id], brings: [id], run: pressed('join') },
      card: { args: [id.optional()], link: [id], run: pressed('card') },
      take: { args: [id], link: [id], run: pressed('take') },
      ...actionsIn(OPEN, pressed),
      ...pressActions(OFFICE, office, LINKS),
    },
    forms: {
      ...Object.fromEntries(DOORS.map(name => [name, doorForm(name)])),
      ...pressForms(FORMS, 'opens it', office),
    },
    bulk: {},
  }
}
