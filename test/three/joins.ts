import { systemIds } from '../../src/base/clock.ts'
import type { Role } from '../../src/community/members.ts'
import { withKey } from '../../src/network/area-keys.ts'
import type { Store } from '../../src/store/open.ts'
import type { Person, Place } from './side.ts'

/** Chats and people that are in the network already, put into the store as the ways in would have done. */
export function joins({ prisma }: Store, networkId: string) {
  return {
    async join(place: Place, area: string): Promise<void> {
      const areaId = systemIds.id()
      await prisma.area.create({ data: { id: areaId, networkId, ...withKey(area) } })
      const { ref, title, on: platform } = place
      await prisma.space.create({ data: { id: systemIds.id(), networkId, ref, title, areaId, platform, state: 'joined' } })
    },
    async grant(accounts: readonly Person[], ...roles: readonly Role[]): Promise<string> {
      const [first] = accounts
      if (!first) throw new Error('nobody to grant it to')
      for (const { ref, name } of accounts) await prisma.identity.create({ data: { ref, name, tell: 'open', locale: 'en' } })
      const id = systemIds.id()
      await prisma.person.create({
        data: {
          id,
          networkId,
          name: first.name,
          identities: { create: accounts.map(({ ref }) => ({ identityRef: ref, networkId })) },
          grants: { create: roles.map(role => ({ role })) },
        },
      })
      return id
    },
  }
}
