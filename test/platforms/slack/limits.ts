import type { KnownBlock } from '@slack/types'
import { type Element, elementsOf } from './message.ts'
import type { ViewContent } from './view.ts'

type Problem = string
type Json = Readonly<Record<string, unknown>>

const at = (problem: string, pointer: string): Problem => `${problem} [json-pointer:${pointer}]`

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text objects are never empty; how long they may be depends on where they stand. */
function text(value: unknown, most: number, pointer: string): Problem[] {
  if (!isRecord(value)) return []
  return length(value['text'], most, `${pointer}/text`)
}

function length(value: unknown, most: number, pointer: string, least = 1): Problem[] {
  if (typeof value !== 'string') return []
  if (value.length < least) return [at(`must be more than ${least - 1} characters`, pointer)]
  return value.length > most ? [at(`must be less than ${most + 1} characters`, pointer)] : []
}

function count(value: unknown, most: number, pointer: string, least = 1): Problem[] {
  if (!Array.isArray(value)) return []
  if (value.length < least) return [at(`no less than ${least} items allowed`, pointer)]
  return value.length > most ? [at(`no more than ${most} items allowed`, pointer)] : []
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The rules that no schema says: lengths, counts, ids that must differ. */
export function blockProblems(blocks: readonly KnownBlock[], pointer: string, most: number): Problem[] {
  const problems = count(blocks, most, pointer, 0)
  problems.push(...blocks.flatMap((block, n) => problemsOf(block, `${pointer}/${n}`)))
  const blockIds = blocks.map(block => block.block_id)
  problems.push(...twice(blockIds).map(id => at(`block_id already exists: ${id}`, pointer)))
  const actionIds = blocks.flatMap(block => elementsOf(block).map(element => (block.type === 'input' ? undefined : element.action_id)))
  problems.push(...twice(actionIds).map(id => at(`\`action_id\` ${id} already exists`, pointer)))
  const markdown = blocks.flatMap(block => (block.type === 'markdown' ? [block.text.length] : [])).reduce((sum, size) => sum + size, 0)
  if (markdown > 12_000) problems.push(at('markdown blocks must be less than 12001 characters together', pointer))
  return problems
}

function twice(ids: readonly (string | undefined)[]): string[] {
  const given = ids.filter(id => id !== undefined)
  return [...new Set(given.filter((id, n) => given.indexOf(id) !== n))]
}

function problemsOf(block: KnownBlock, pointer: string): Problem[] {
  const problems = length(block.block_id, 255, `${pointer}/block_id`)
  const elements = elementsOf(block)
  const place = (n: number): string =>
    block.type === 'section' ? `${pointer}/accessory` : block.type === 'input' ? `${pointer}/element` : `${pointer}/elements/${n}`
  problems.push(...elements.flatMap((element, n) => elementProblems(element, place(n))))
  switch (block.type) {
    case 'section': {
      if (!block.text && !block.fields) problems.push(at('missing required field: text', pointer))
      problems.push(...list(block.fields).flatMap((field, n) => text(field, 2000, `${pointer}/fields/${n}`)))
      return [...problems, ...text(block.text, 3000, `${pointer}/text`), ...count(block.fields, 10, `${pointer}/fields`)]
    }
    case 'rich_text':
      return [...problems, ...dateProblems(block, pointer)]
    case 'header':
      return [...problems, ...text(block.text, 150, `${pointer}/text`)]
    case 'actions':
      return [...problems, ...count(block.elements, 25, `${pointer}/elements`)]
    case 'context': {
      const parts = list(block.elements)
      problems.push(...parts.flatMap((part, n) => text(part, 3000, `${pointer}/elements/${n}`)))
      return [...problems, ...count(parts, 10, `${pointer}/elements`)]
    }
    case 'input':
      return [...problems, ...text(block.label, 2000, `${pointer}/label`), ...text(block.hint, 2000, `${pointer}/hint`)]
    case 'image':
      return [...problems, ...length(block.alt_text, 2000, `${pointer}/alt_text`), ...text(block.title, 2000, `${pointer}/title`)]
    default:
      return problems
  }
}

/** What a date may be made of. */
const DATE_PARTS =
  /^(?:[^{}]|\{(?:day_divider_pretty|date_num|date_slash|date(?:_long_full|_(?:short|long))?(?:_pretty)?|time|time_secs|ago)\})+$/

function dateProblems(value: unknown, pointer: string): Problem[] {
  if (Array.isArray(value)) return value.flatMap((inner, n) => dateProblems(inner, `${pointer}/${n}`))
  if (!isRecord(value)) return []
  if (value['type'] !== 'date') return dateProblems(value['elements'], `${pointer}/elements`)
  if (!/^\d{1,10}$/.test(String(value['timestamp']))) return [at('must be a UNIX timestamp', `${pointer}/timestamp`)]
  return DATE_PARTS.test(String(value['format'])) ? [] : [at('invalid date format', `${pointer}/format`)]
}

const mostOptions: Readonly<Record<string, number>> = { radio_buttons: 10, checkboxes: 10, overflow: 5 }

function elementProblems(element: Element, pointer: string): Problem[] {
  const { type } = element
  const problems = [
    ...length(element.action_id, 255, `${pointer}/action_id`),
    ...text(element['placeholder'], 150, `${pointer}/placeholder`),
  ]
  if (type === 'button') {
    problems.push(...text(element['text'], 75, `${pointer}/text`), ...length(element['value'], 2000, `${pointer}/value`, 0))
    problems.push(
      ...length(element['url'], 3000, `${pointer}/url`),
      ...length(element['accessibility_label'], 75, `${pointer}/accessibility_label`),
    )
  }
  problems.push(...confirmProblems(element['confirm'], `${pointer}/confirm`), ...optionProblems(element, pointer))
  const max = element['max_length']
  if (typeof max === 'number' && (max < 1 || max > 3000)) problems.push(at('must be between 1 and 3000', `${pointer}/max_length`))
  const [from, to] = [element['initial_date'], element['initial_time']]
  if (typeof from === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(from))
    problems.push(at('must match date format YYYY-MM-DD', `${pointer}/initial_date`))
  if (typeof to === 'string' && !/^\d{2}:\d{2}$/.test(to)) problems.push(at('must match time format HH:mm', `${pointer}/initial_time`))
  const moment = element['initial_date_time']
  if (moment !== undefined && !/^\d{10}$/.test(String(moment)))
    problems.push(at('must be a UNIX timestamp of 10 digits', `${pointer}/initial_date_time`))
  return problems
}

function confirmProblems(confirm: unknown, pointer: string): Problem[] {
  if (!isRecord(confirm)) return []
  const parts = [...text(confirm['title'], 100, `${pointer}/title`), ...text(confirm['text'], 300, `${pointer}/text`)]
  return [...parts, ...text(confirm['confirm'], 30, `${pointer}/confirm`), ...text(confirm['deny'], 30, `${pointer}/deny`)]
}

function optionProblems(element: Element, pointer: string): Problem[] {
  const { type } = element
  if (!/select$|^radio_buttons$|^checkboxes$|^overflow$/.test(type) || !/static|radio|check|overflow/.test(type)) return []
  const options = list(element['options'])
  const groups = list(element['option_groups'])
  if (options.length === 0 && groups.length === 0) return [at('missing required field: options', pointer)]
  const problems = [
    ...count(element['options'], mostOptions[type] ?? 100, `${pointer}/options`),
    ...count(element['option_groups'], 100, `${pointer}/option_groups`),
  ]
  problems.push(...options.flatMap((option, n) => ofOption(option, `${pointer}/options/${n}`)))
  groups.forEach((group, n) => {
    if (!isRecord(group)) return
    problems.push(
      ...text(group['label'], 75, `${pointer}/option_groups/${n}/label`),
      ...count(group['options'], 100, `${pointer}/option_groups/${n}/options`),
    )
    problems.push(...list(group['options']).flatMap((option, m) => ofOption(option, `${pointer}/option_groups/${n}/options/${m}`)))
  })
  const all = [...options, ...groups.flatMap(group => (isRecord(group) ? list(group['options']) : []))].map(option =>
    JSON.stringify(option),
  )
  const initial = [element['initial_option'], ...list(element['initial_options'])].filter(isRecord)
  const strange = initial.some(option => !all.includes(JSON.stringify(option)))
  return strange ? [...problems, at('initial option must be one of the options', pointer)] : problems
}

function ofOption(option: unknown, pointer: string): Problem[] {
  if (!isRecord(option)) return []
  const parts = [...text(option['text'], 75, `${pointer}/text`), ...length(option['value'], 150, `${pointer}/value`)]
  return [...parts, ...text(option['description'], 75, `${pointer}/description`)]
}

/** The rules of dialogs and homes, and of all that stands in them. */
export function viewProblems(view: ViewContent): Problem[] {
  const problems = [
    ...blockProblems(view.blocks, '/view/blocks', 100),
    ...length(view.callback_id, 255, '/view/callback_id'),
    ...length(view.private_metadata, 3000, '/view/private_metadata', 0),
    ...length(view.external_id, 255, '/view/external_id'),
  ]
  for (const name of ['title', 'submit', 'close'] as const) problems.push(...text(view[name], 24, `/view/${name}`))
  const asks = view.blocks.some(block => block.type === 'input')
  if (view.type === 'modal' && asks && !view.submit) problems.push(at('missing required field: submit', '/view'))
  return problems
}

/** All characters that stand in text objects, labels and options. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, inner) => sum + textLength(inner), 0)
  if (!isRecord(value)) return 0
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (name === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)),
    0,
  )
}
