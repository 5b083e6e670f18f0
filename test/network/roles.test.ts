import { beforeEach, describe, expect, test } from 'vitest'
import type { Heard } from '../helpers/person.ts'
import { bot, count, inTown, jo, network } from '../helpers/town.ts'

let joId: string
inTown('Power', ['Ardwick'])
beforeEach(async () => {
  joId = await bot.grant(network, jo)
})

const codeIn = (heard: Heard): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(heard.text)?.[0] ?? ''

async function roles(): Promise<string[]> {
  const grants = await bot.store.prisma.grant.findMany({ where: { person: { networkId: network.id } }, include: { person: true } })
  return grants.map(grant => `${grant.person.name}: ${grant.role}`).sort()
}

test('a decision maker who is in no chat comes in by a code: they hear what it means, and say yes', async () => {
  await jo.say('/network')
  await jo.press('Invite somebody')
  const made = await jo.press('decision maker')
  expect(made.text).toContain('Give it to one person only.')
  const cllr = bot.person(`Councillor ${count}`)
  const asked = await cllr.say(`/network role ${codeIn(made)}`)
  expect(asked.text).toContain(`You are invited to be a decision maker in Power ${count}.`)
  expect(asked.text).toContain('Decision makers are asked about what matters most to people')
  expect(await roles()).toEqual([`Jo ${count}: coordinator`])

  expect((await cllr.press('Yes, I take it')).text).toContain(`You are a decision maker in Power ${count} now.`)
  expect(await roles()).toEqual([`Councillor ${count}: decisionMaker`, `Jo ${count}: coordinator`])
  await bot.tick()
  expect(jo.reads().at(-1)).toContain(`Councillor ${count} is a decision maker`)
})

test('in a button, and as it is typed, a decision maker is what they always were', async () => {
  const id = await bot.grant(network, bot.person(`Councillor ${count}`), 'decisionMaker')
  for (const words of ['decision-maker', 'Decision maker']) {
    expect((await jo.say(`/network invite ${words}`)).text).toContain('An invitation to be a decision maker.')
  }
  expect((await jo.forge(`network_invite_${network.id}_decision-maker`)).text).toContain('An invitation to be a decision maker.')
  const list = await jo.say('/network roles')
  expect(list.views.flatMap(view => view.buttons.flat())).toContainEqual(
    expect.objectContaining({ token: `network_unrole_${network.id}_${id}_decision-maker` }),
  )
  await jo.forge(`network_unrole_${network.id}_${id}_decision-maker_yes`)
  expect(await roles()).toEqual([`Jo ${count}: coordinator`])
})

test('the link does the same, and "No" leaves the code as it is', async () => {
  const made = await jo.say('/network invite steering')
  const link = made.views.flatMap(view => view.blocks).find(block => block.kind === 'link')
  const payload = new URL(link?.kind === 'link' ? link.url : '').search.slice(1)
  expect(payload.length).toBeLessThanOrEqual(64)
  const kofi = bot.person(`Kofi ${count}`)
  expect((await kofi.start(payload)).text).toContain('You are invited to be in the steering group')
  expect((await kofi.press('No')).text).toContain('nothing was changed')
  expect(await roles()).toEqual([`Jo ${count}: coordinator`])
  await kofi.start(payload)
  await kofi.press('Yes')
  expect(await roles()).toContain(`Kofi ${count}: steering`)
})

test('two takers of one code: one has the role', async () => {
  const code = codeIn(await jo.say('/network invite coordinator'))
  const [ann, ben] = [bot.person(`Ann ${count}`), bot.person(`Ben ${count}`)]
  await ann.say(`/network role ${code}`)
  await ben.say(`/network role ${code}`)
  const said = await Promise.all([ann.press('Yes'), ben.press('Yes')])
  expect(said.filter(one => one.text.includes('You are a coordinator'))).toHaveLength(1)
  expect(said.filter(one => one.text.includes('That code does not work'))).toHaveLength(1)
  expect(await roles()).toHaveLength(2)
})

test('a code taken up twice by one person, by a repeated press, gives one role', async () => {
  const code = codeIn(await jo.say('/network invite steering')).replaceAll('-', '')
  const kofi = bot.person(`Kofi ${count}`)
  const event = { kind: 'press', token: `network_accept_${code}` } as const
  await kofi.does(event, undefined, `repeat ${count}`)
  const again = await kofi.does(event, undefined, `repeat ${count}`)
  expect(again.text).toContain('You are in the steering group')
  expect(await roles()).toHaveLength(2)
})

describe('a code that is no good', () => {
  test('after seven days, after it was used, and after it was revoked: one and the same answer', async () => {
    const old = codeIn(await jo.say('/network invite steering'))
    await bot.later(7 * 86_400_000 + 1)
    const used = codeIn(await jo.say('/network invite steering'))
    const kofi = bot.person(`Kofi ${count}`)
    await kofi.say(`/network role ${used}`)
    await kofi.press('Yes')
    const revoked = codeIn(await jo.say('/network invite steering'))
    await jo.say('/network codes')
    await jo.press('Revoke 1')
    const answers = new Set<string>()
    const mei = bot.person(`Mei ${count}`)
    for (const code of [old, used, revoked, 'AAAA-BBBB-CCCC']) answers.add((await mei.say(`/network role ${code}`)).text)
    expect([...answers]).toEqual([expect.stringContaining('That code does not work')])
    expect(await roles()).toEqual([`Jo ${count}: coordinator`, `Kofi ${count}: steering`])
  })

  test('a join code is no invitation, and an invitation no join code', async () => {
    const join = codeIn(await jo.say('/network code all residents'))
    const invitation = codeIn(await jo.say('/network invite coordinator'))
    const amina = bot.person(`Amina ${count}`)
    const chat = bot.group(`Mill ${count}`, [amina])
    expect((await amina.say(`/network role ${join}`)).text).toContain('That code does not work')
    expect((await amina.say(`/network found ${invitation}`)).text).toContain('That code does not work')
    expect((await amina.in(chat).say(`/network join ${invitation}`)).text).toContain('That code does not work')
  })

  test('who has the role already does not use the code up', async () => {
    const code = codeIn(await jo.say('/network invite coordinator'))
    await jo.say(`/network role ${code}`)
    expect((await jo.press('Yes')).text).toContain('already. The code still works for somebody else')
    const bo = bot.person(`Bo ${count}`)
    await bo.say(`/network role ${code}`)
    expect((await bo.press('Yes')).text).toContain('You are a coordinator')
  })
})

describe('removing', () => {
  test('asks first, tells the person, and closes the codes that they made', async () => {
    const bo = bot.person(`Bo ${count}`)
    await bot.grant(network, bo, 'coordinator')
    const invitation = codeIn(await bo.say('/network invite coordinator'))
    const join = codeIn(await bo.say('/network code all residents'))
    await jo.say('/network roles')
    expect((await jo.press(`Remove: Bo ${count}`)).text).toContain('Codes that they have made stop working.')
    expect(await roles()).toHaveLength(2)
    expect((await jo.press(`Remove: Bo ${count}`)).text).toContain(`Bo ${count} is not a coordinator any more.`)
    expect(await roles()).toEqual([`Jo ${count}: coordinator`])
    await bot.tick()
    expect(bo.reads().at(-1)).toContain(`Jo ${count} has changed the roles`)
    expect((await bo.say(`/network role ${invitation}`)).text).toContain('That code does not work')
    const chat = bot.group(`Mill ${count}`, [bo])
    expect((await bo.in(chat).say(`/network join ${join}`)).text).toContain('That code does not work')
  })

  test('the last coordinator stays', async () => {
    await jo.say('/network roles')
    await jo.press(`Remove: Jo ${count}`)
    expect((await jo.press('Give up being a coordinator')).text).toContain('this is the last one')
    expect(await roles()).toEqual([`Jo ${count}: coordinator`])
  })

  test.each(['each other', 'themselves'])('the last two, who remove %s at once: one of them stays', async whom => {
    const bo = bot.person(`Bo ${count}`)
    const boId = await bot.grant(network, bo, 'coordinator')
    const [first, second] = whom === 'each other' ? [boId, joId] : [joId, boId]
    await Promise.all([
      jo.forge(`network_unrole_${network.id}_${first}_coordinator_yes`),
      bo.forge(`network_unrole_${network.id}_${second}_coordinator_yes`),
    ])
    expect(await roles()).toHaveLength(1)
  })

  test('anybody gives up their own role', async () => {
    const kofi = bot.person(`Kofi ${count}`)
    await bot.grant(network, kofi, 'steering')
    expect((await kofi.say('/network')).text).toContain('Your role: steering group member')
    await kofi.press('Give up being in the steering group')
    expect((await kofi.press('Give up being in the steering group')).text).toContain('You are not in the steering group any more.')
    expect(await roles()).toEqual([`Jo ${count}: coordinator`])
  })

  test('nobody who is no coordinator removes another', async () => {
    const kofi = bot.person(`Kofi ${count}`)
    await bot.grant(network, kofi, 'steering')
    expect((await kofi.forge(`network_unrole_${network.id}_${joId}_coordinator_yes`)).text).toContain('This one needs a coordinator')
    expect(await roles()).toHaveLength(2)
  })

  test('a role of another network is out of reach', async () => {
    const other = await bot.network(`Other ${count}`, [`Gorton ${count}`])
    const bo = bot.person(`Bo ${count}`)
    const boId = await bot.grant(other, bo, 'coordinator')
    expect((await jo.forge(`network_unrole_${network.id}_${boId}_coordinator_yes`)).text).toContain('taken away already')
    expect((await jo.forge(`network_unrole_${other.id}_${boId}_coordinator_yes`)).text).toContain(
      'a network that I do not know you in here',
    )
    expect(await bot.store.prisma.grant.count({ where: { personId: boId } })).toBe(1)
  })
})
