import type { ViewStateValue } from '@slack/bolt'
import type { KnownBlock, PlainTextElement } from '@slack/types'
import { type Element, elementsOf } from './message.ts'

interface Option {
  readonly text: PlainTextElement
  readonly value: string
}

/** What a person fills in: words, a day '2026-11-06', a time '18:00', seconds since 1970, or the words (or value) of an option, or several. */
export type Filled = string | number | readonly string[] | { readonly files: readonly object[] }

const texts: ReadonlySet<string> = new Set(['plain_text_input', 'number_input', 'email_text_input', 'url_text_input'])
const picks: Readonly<Record<string, 'selected_date' | 'selected_time' | 'selected_user' | 'selected_conversation' | 'selected_channel'>> =
  {
    datepicker: 'selected_date',
    timepicker: 'selected_time',
    users_select: 'selected_user',
    conversations_select: 'selected_conversation',
    channels_select: 'selected_channel',
  }
const manyPicks: Readonly<Record<string, 'selected_users' | 'selected_conversations' | 'selected_channels'>> = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
}
const initials: Readonly<Record<string, string>> = {
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_user: 'initial_user',
  selected_conversation: 'initial_conversation',
  selected_channel: 'initial_channel',
  selected_users: 'initial_users',
  selected_conversations: 'initial_conversations',
  selected_channels: 'initial_channels',
}
const one: ReadonlySet<string> = new Set(['static_select', 'external_select', 'radio_buttons', 'overflow'])
const many: ReadonlySet<string> = new Set(['multi_static_select', 'multi_external_select', 'checkboxes'])

/** What stands in an element before anybody touches it; undefined for what holds nothing, such as a button. */
export function initialValue(element: Element): ViewStateValue | undefined {
  const { type } = element
  if (type === 'overflow') return undefined
  if (texts.has(type)) return { type, value: (element['initial_value'] as string | undefined) ?? null }
  if (type === 'file_input') return { type, files: [] } as ViewStateValue
  if (type === 'datetimepicker') return { type, selected_date_time: (element['initial_date_time'] as number | undefined) ?? null }
  if (one.has(type)) return { type, selected_option: (element['initial_option'] as Option | undefined) ?? null }
  if (many.has(type)) return { type, selected_options: (element['initial_options'] as Option[] | undefined) ?? [] }
  const pick = picks[type]
  if (pick) return { type, [pick]: element[initials[pick] ?? ''] ?? null }
  const several = manyPicks[type]
  return several && { type, [several]: element[initials[several] ?? ''] ?? [] }
}

/** The value that filling in gives. @throws Error for what a person could not do there */
export function filledValue(element: Element, filled: Filled): ViewStateValue {
  const { type } = element
  if (texts.has(type)) return textValue(element, String(filled))
  if (typeof filled === 'object' && 'files' in filled) return filesValue(element, filled.files)
  if (type === 'datetimepicker') return { type, selected_date_time: moment(filled) }
  if (one.has(type)) return { type, selected_option: optionOf(element, String(filled)) }
  if (many.has(type)) return { type, selected_options: listOf(filled).map(words => optionOf(element, words)) }
  const pick = picks[type]
  if (pick) return { type, [pick]: pickOf(pick, String(filled)) }
  const several = manyPicks[type]
  if (several) return { type, [several]: listOf(filled) }
  throw new Error(`nothing can be filled into a ${type}`)
}

/** What Slack's own client looks at before it sends a dialog. */
export function isEmpty(value: ViewStateValue | undefined): boolean {
  if (!value) return true
  const { type: _, ...rest } = value
  return Object.values(rest).every(
    inner => inner === null || inner === undefined || inner === '' || (Array.isArray(inner) && inner.length === 0),
  )
}

function textValue(element: Element, text: string): ViewStateValue {
  const least = Number(element['min_length'] ?? 0)
  const most = Number(element['max_length'] ?? 3000)
  if (text.length < least || text.length > most) throw new Error(`the client takes ${least} to ${most} characters here, not ${text.length}`)
  if (element.type === 'number_input' && text !== '' && !/^-?\d+(?:\.\d+)?$/.test(text))
    throw new Error(`the client takes a number, not "${text}"`)
  return { type: element.type, value: text === '' ? null : text }
}

/** The client offers only files of the kinds that the element names. */
function filesValue(element: Element, files: readonly object[]): ViewStateValue {
  const { type } = element
  if (type !== 'file_input') throw new Error(`no file can be put into a ${type}`)
  const most = Number(element['max_files'] ?? 10)
  if (files.length > most) throw new Error(`the client takes ${most} files here, not ${files.length}`)
  const kinds = element['filetypes'] as readonly string[] | undefined
  for (const file of files) {
    const ending = 'name' in file ? String(file.name).split('.').pop()?.toLowerCase() : undefined
    if (kinds && !kinds.includes(ending ?? '')) throw new Error(`the client does not take a .${ending} here`)
  }
  return { type, files } as ViewStateValue
}

/** Slack gives whole seconds since 1970. */
function moment(filled: Filled): number {
  if (!/^\d{10}$/.test(String(filled))) throw new Error(`"${filled}" is no moment in seconds since 1970`)
  return Number(filled)
}

function pickOf(pick: string, words: string): string | null {
  if (words === '') return null
  const pattern = pick === 'selected_date' ? /^\d{4}-\d{2}-\d{2}$/ : pick === 'selected_time' ? /^\d{2}:\d{2}$/ : /^\w+$/
  if (!pattern.test(words)) throw new Error(`"${words}" is no ${pick}`)
  return words
}

const listOf = (filled: Filled): readonly string[] =>
  typeof filled === 'string' ? [filled] : typeof filled === 'number' ? [String(filled)] : 'files' in filled ? [] : filled

function optionsOf(element: Element): Option[] {
  const groups = (element['option_groups'] as { options: Option[] }[] | undefined) ?? []
  return [...((element['options'] as Option[] | undefined) ?? []), ...groups.flatMap(group => group.options)]
}

function optionOf(element: Element, words: string): Option {
  const options = optionsOf(element)
  const found = options.find(option => option.text.text === words) ?? options.find(option => option.value === words)
  if (!found) throw new Error(`no option "${words}"; there are: ${JSON.stringify(options.map(option => option.text.text))}`)
  return found
}

/** Which element: by the words on it (or beside it), or by its action id; in a certain block or the first that fits. */
export type Which = string | { readonly actionId: string; readonly blockId?: string }

/** The element to press or fill in, or an error that names those that are there: a test that presses nothing is wrong. */
export function findElement(blocks: readonly KnownBlock[], which: Which): { block: KnownBlock; element: Element } {
  const all = blocks.flatMap(block => elementsOf(block).map(element => ({ block, element })))
  const found = all.find(({ block, element }) =>
    typeof which === 'string'
      ? namesOf(block, element).includes(which)
      : element.action_id === which.actionId && (which.blockId === undefined || block.block_id === which.blockId),
  )
  if (found) return found
  const names = all.map(({ block, element }) => namesOf(block, element)[0] ?? element.action_id)
  throw new Error(`no element ${JSON.stringify(which)} there; there are: ${JSON.stringify(names)}`)
}

function namesOf(block: KnownBlock, element: Element): string[] {
  const own = [element['text'], element['placeholder']] as ({ text: string } | undefined)[]
  const beside = block.type === 'input' ? block.label.text : block.type === 'section' ? block.text?.text : undefined
  const names = [...own.map(text => text?.text), beside, element['accessibility_label'] as string | undefined]
  return names.filter(name => name !== undefined)
}
