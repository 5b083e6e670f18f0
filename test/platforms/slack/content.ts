import type { KnownBlock, MessageMetadata } from '@slack/types'
import { blockProblems, textLength, viewProblems } from './limits.ts'
import type { Saying } from './message.ts'
import { withIds } from './posting.ts'
import { no, Refusal, wrong } from './refusal.ts'
import type { ViewContent } from './view.ts'
import { remember, type World } from './world.ts'

/** Counted over all text of all blocks of a message; seen to fail from there on. */
const mostTextInBlocks = 13_200
const mostText = 40_000

type Fields = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The blocks of a request, checked and with ids; undefined when there are none given. */
function readBlocks(world: World, given: unknown): KnownBlock[] | Refusal | undefined {
  if (given === undefined || given === null) return undefined
  const parsed = typeof given === 'string' ? fromJson(given) : given
  if (!Array.isArray(parsed)) return no('invalid_blocks_format')
  if (!parsed.every(isRecord)) return no('invalid_blocks_format')
  if (world.check) {
    const problems = [...world.check.blocks(parsed, '/blocks'), ...blockProblems(parsed as never, '/blocks', 50)]
    if (problems.length > 0) return wrong('invalid_blocks', problems)
    if (textLength(parsed) > mostTextInBlocks) return no('msg_blocks_too_long')
  }
  return withIds(world, parsed as unknown as KnownBlock[])
}

/** What a message says, from a request, an answer to a response address, or an acknowledgement. */
export function readMessage(world: World, fields: Fields, how: 'post' | 'update' | 'answer' | 'ack', before?: Saying): Saying | Refusal {
  const blocks = readBlocks(world, fields['blocks'])
  if (blocks instanceof Refusal) return blocks
  // Neither has a bot behind it that could see the file.
  const isShown = (how === 'answer' || how === 'ack') && blocks?.some(block => block.type === 'image' && 'slack_file' in block)
  if (isShown) return wrong('invalid_blocks', ['invalid slack file [json-pointer:/blocks]'])
  const metadata = readMetadata(world, fields['metadata'])
  if (metadata instanceof Refusal) return metadata
  const text = fields['text'] === undefined ? undefined : String(fields['text'])
  if (how === 'update' && before) return changed({ text, blocks, metadata }, before)
  if ((text ?? '') === '' && (blocks ?? []).length === 0) return no('no_text')
  if ((text ?? '').length > mostText) remember(world.oddities, `a text of ${text?.length} characters was cut to ${mostText}`, 1000)
  return { text: (text ?? '').slice(0, mostText), blocks: blocks ?? [], metadata }
}

/** Text alone takes the blocks away; blocks alone keep the text. */
function changed(given: { [K in keyof Saying]: Saying[K] | undefined }, before: Saying): Saying | Refusal {
  const { text, blocks, metadata } = given
  if (text === undefined && blocks === undefined && metadata === undefined) return no('no_text')
  if ((text ?? '').length > mostText) return no('msg_too_long')
  const kept = text === undefined ? before.blocks : []
  const next = { text: text ?? before.text, blocks: blocks ?? kept, metadata: metadata ?? before.metadata }
  return next.text === '' && next.blocks.length === 0 ? no('no_text') : next
}

function readMetadata(world: World, given: unknown): MessageMetadata | Refusal | undefined {
  if (given === undefined || given === null) return undefined
  const parsed = typeof given === 'string' ? fromJson(given) : given
  if (!isRecord(parsed)) return no('invalid_metadata_format')
  const problems = world.check?.metadata(parsed) ?? []
  return problems.length > 0 ? wrong('invalid_metadata_format', problems) : (parsed as unknown as MessageMetadata)
}

/** A dialog or a home, checked. Ids are given when it is shown. */
export function readView(world: World, given: unknown, wanted?: 'modal' | 'home'): ViewContent | Refusal {
  const parsed = typeof given === 'string' ? fromJson(given) : given
  if (!isRecord(parsed)) return wrong('invalid_arguments', ['missing required field: view [json-pointer:/view]'])
  const type = parsed['type']
  if (wanted && type !== wanted) return wrong('invalid_arguments', [`must be a ${wanted} [json-pointer:/view/type]`])
  if (!Array.isArray(parsed['blocks'])) return wrong('invalid_arguments', ['missing required field: blocks [json-pointer:/view]'])
  if (world.check) {
    const problems = [...world.check.view(parsed), ...viewProblems(parsed as never)]
    if (problems.length > 0) return wrong('invalid_arguments', problems)
  }
  if (world.strict && Buffer.byteLength(JSON.stringify(parsed)) > 250_000) return no('view_too_large')
  return parsed as unknown as ViewContent
}

export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
