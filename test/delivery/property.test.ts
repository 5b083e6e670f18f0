import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LONG_MS, until } from '../helpers/patience.ts'
import { type TestStore, testStore } from '../store/database.ts'
import type { TestChat } from './chat.ts'
import { Scene } from './scene.ts'

let stores: TestStore
beforeAll(async () => {
  stores = await testStore()
})
afterAll(() => stores.close())

const SPACES = ['tele:parks', 'tele:buses', 'disc:parks', 'disc:homes']
const bad = ['unsure', 'arrives, but unsure', 'throws', 'later'] as const

type Happening =
  | { readonly kind: 'post' | 'change'; readonly subject: string }
  | { readonly kind: 'says' | 'crash'; readonly space: string }
  | { readonly kind: 'bad'; readonly space: string; readonly mood: (typeof bad)[number] }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'pump' }

const subject = fc.constantFrom('poll a', 'poll b', 'poll c')
const space = fc.constantFrom(...SPACES)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('post', 'change', 'change', 'change'), subject }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('says', 'crash'), space }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('bad'), space, mood: fc.constantFrom(...bad) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time'), ms: fc.integer({ min: 1, max: 60_000 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pump') }) },
)

test(
  'whatever happens, in the end every post shows the newest state, once, in order, unless it is marked',
  async () => {
    const { store } = stores
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40 }), fc.integer(), async (happenings, seed) => {
        await store.prisma.$executeRaw`TRUNCATE "Network", "Space", "Delivery", "Touched" CASCADE`
        const story = new Story(new Scene(store), seed)
        await story.begin()
        for (const one of happenings) await story.happens(one)
        await story.ends()
      }),
      { numRuns: 40 },
    )
  },
  LONG_MS,
)

class Story {
  private readonly scene: Scene
  private worker: ReturnType<Scene['worker']>
  private count = 0

  constructor(scene: Scene, seed: number) {
    this.scene = scene
    scene.random = Math.abs(seed % 100) / 100
    scene.chat('tele', { editEveryMs: 3_000 })
    scene.chat('disc', { once: 'key', editEveryMs: 1_000 })
    this.worker = scene.worker({ width: 2 })
  }

  async begin(): Promise<void> {
    await this.scene.network()
    for (const one of SPACES) await this.scene.space(one)
    for (const one of ['poll a', 'poll b', 'poll c']) this.scene.words.set(one, `${one} 0`)
  }

  async happens(one: Happening): Promise<void> {
    switch (one.kind) {
      case 'post':
        return this.scene.posts(one.subject, SPACES)
      case 'change':
        this.count += 1
        return this.scene.changes(one.subject, `${one.subject} ${this.count}`)
      case 'says':
        this.count += 1
        return this.scene.says(`News ${this.count}`, one.space)
      case 'bad':
        return this.chat(one.space).will(one.space, one.mood === 'later' ? { later: 4_000 } : one.mood)
      case 'time':
        return this.scene.later(one.ms)
      case 'pump':
        await this.worker.pump()
        return
      case 'crash':
        return this.crash(one.space)
    }
  }

  private async crash(space: string): Promise<void> {
    const chat = this.chat(space)
    chat.always(space, this.count % 2 === 0 ? 'hangs' : 'arrives, then hangs')
    let isDone = false
    const pumping = this.worker.pump().then(() => {
      isDone = true
    })
    await until(() => isDone || chat.hanging() > 0)
    await this.worker.crash()
    chat.always(space, undefined)
    this.worker = this.scene.worker({ width: 2 })
    await until(async () => (await this.worker.pump()) >= 0)
    chat.letGo('unsure')
    await pumping
  }

  private chat(space: string): TestChat {
    const chat = this.scene.chats.get(space.slice(0, 4))
    if (!chat) throw new Error(`There is no chat for ${space}.`)
    return chat
  }

  async ends(): Promise<void> {
    const due = () => this.scene.store.prisma.delivery.count({ where: { dueAt: { not: null } } })
    await this.worker.pump()
    for (let n = 0; n < 2_000 && (await due()) > 0; n += 1) {
      this.scene.later(n < 20 ? 3_000 : 600_000)
      await this.worker.pump()
    }
    await this.scene.end()
    await this.isRight()
  }

  private async isRight(): Promise<void> {
    const rows = await this.scene.store.prisma.delivery.findMany({ orderBy: { id: 'asc' } })
    for (const row of rows) {
      const space = row.spaceId ?? ''
      const there = [...this.chat(space).messages].filter(([, message]) => message.key === row.key && message.to === space)
      const ref = row.message ?? ''
      expect({ key: row.key, state: row.state }).toEqual({ key: row.key, state: 'sent' })
      expect(there.map(([name]) => name)).toContain(ref)
      if (!row.view) expect(this.chat(space).messages.get(ref)?.text).toBe(this.scene.words.get(row.subject))
      if (!row.doubled) expect(there).toHaveLength(1)
    }
    for (const space of SPACES) {
      const arrived = [
        ...new Set([...this.chat(space).messages.values()].filter(message => message.to === space).map(message => message.key)),
      ]
      expect(arrived).toEqual(rows.filter(row => row.spaceId === space).map(row => row.key))
    }
  }
}
