import { platformName } from '../community/chat-names.ts'
import type { Speech } from '../feature/context.ts'
import type { Capabilities, Reply } from '../platform/adapter.ts'
import { asOn, differences } from '../view/differences.ts'
import { view } from '../view/make.ts'
import type { Block, Button, View } from '../view/view.ts'

/** A post as each platform will show it, before it is posted. For every feature that posts. */

interface Previewed {
  readonly post: View
  readonly pin: boolean
  /** Where it would go. */
  readonly platforms: readonly string[]
  /** The one that the coordinator is on. */
  readonly here: string
  /** The button's token that shows it as on that platform. */
  token(platform: string): string
}

/** The post; below it, where it goes to other platforms too, a button for each. */
export function previewHere({ post, platforms, here, token }: Previewed, { texts: { t, locale } }: Speech): readonly Reply[] {
  const note: readonly Block[] = post.buttons.length > 0 ? [{ kind: 'quiet', text: t('app-preview-buttons') }] : []
  const whole: Reply = { kind: 'whisper', view: { ...post, blocks: [...note, ...post.blocks], whole: false } }
  if (platforms.every(one => one === here)) return [whole]
  const blocks: Block[] = [{ kind: 'text', text: t('app-preview-platforms') }]
  const buttons = [platforms.map((one): Button => ({ label: platformName(one), token: token(one) }))]
  return [whole, { kind: 'whisper', view: view({ lang: locale, blocks, buttons }) }]
}

/** The messages that it becomes on one platform, and in plain words what is different there. */
export function previewOn(
  platform: string,
  can: Capabilities,
  { post, pin }: Previewed,
  { texts: { t, locale } }: Speech,
): readonly Reply[] {
  const found = differences(post, can, { pin })
  const name = platformName(platform)
  const blocks: Block[] =
    found.length === 0
      ? [{ kind: 'text', text: t('app-differs-nothing', { platform: name }) }]
      : [
          { kind: 'text', text: t('app-differs', { platform: name }) },
          { kind: 'list', items: found.map(({ key, args }) => t(key, args)) },
        ]
  const parts = asOn(post, can).map((part): Reply => ({ kind: 'whisper', view: part }))
  return [...parts, { kind: 'whisper', view: view({ lang: locale, blocks }) }]
}
