import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord-api-types/v10'
import { invalidForm, type Refusal } from './refusal.ts'

/** A command or an option of one, as a request brings it. */
export interface Declared {
  type?: number | null
  name: string
  description?: string | null
  name_localizations?: Record<string, string> | null
  description_localizations?: Record<string, string> | null
  options?: Declared[] | null
  choices?: { name: string; value: string | number; name_localizations?: Record<string, string> | null }[] | null
  required?: boolean | null
  autocomplete?: boolean | null
  [other: string]: unknown
}

const most: Record<number, number> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 5,
  [ApplicationCommandType.Message]: 5,
}
const charactersMost = 8000
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const locales: ReadonlySet<string> = new Set(Object.values(Locale))

/** What the schema does not say of a whole list of commands. */
export function checkCommands(commands: readonly Declared[]): Refusal | undefined {
  for (const [type, limit] of Object.entries(most)) {
    const names = commands.filter(one => (one.type ?? ApplicationCommandType.ChatInput) === Number(type)).map(one => one.name)
    if (names.length > limit)
      return invalidForm('', `Maximum number of application commands reached (${limit})`, 'APPLICATION_COMMANDS_MAX')
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined)
      return invalidForm('', `Application command names must be unique: ${twice}`, 'APPLICATION_COMMANDS_DUPLICATE_NAME')
  }
  for (const [at, command] of commands.entries()) {
    const refusal = checkCommand(command, String(at))
    if (refusal) return refusal
  }
  return undefined
}

function checkCommand(command: Declared, path: string): Refusal | undefined {
  const type = command.type ?? ApplicationCommandType.ChatInput
  const refusal = checkLocales(command, path)
  if (refusal) return refusal
  if (type !== ApplicationCommandType.ChatInput) {
    if (command.description)
      return invalidForm(
        `${path}.description`,
        'Context menu commands cannot have description',
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
      )
    return command.options?.length
      ? invalidForm(`${path}.options`, 'Context menu commands cannot have options', 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS')
      : undefined
  }
  if (lengthOf(command) > charactersMost) {
    return invalidForm(path, `Command exceeds maximum size (${charactersMost})`, 'APPLICATION_COMMAND_TOO_LARGE')
  }
  return checkNamed(command, path) ?? checkOptions(command.options ?? [], `${path}.options`)
}

function checkNamed(one: Declared, path: string): Refusal | undefined {
  for (const name of [one.name, ...Object.values(one.name_localizations ?? {})]) {
    const fits = namePattern.test(name) && name === name.toLowerCase()
    if (!fits) return invalidForm(`${path}.name`, `Command name is invalid: ${name}`, 'APPLICATION_COMMAND_INVALID_NAME')
  }
  if (!one.description) return invalidForm(`${path}.description`, 'This field is required', 'BASE_TYPE_REQUIRED')
  return undefined
}

function checkOptions(options: readonly Declared[], path: string): Refusal | undefined {
  const names = options.map(option => option.name)
  if (new Set(names).size < names.length)
    return invalidForm(path, 'Option names must be unique', 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS')
  const lastRequired = options.findLastIndex(option => option.required)
  const firstOptional = options.findIndex(option => !option.required)
  if (firstOptional >= 0 && lastRequired > firstOptional) {
    return invalidForm(path, 'Required options must be placed before non-required options', 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID')
  }
  for (const [at, option] of options.entries()) {
    const where = `${path}.${at}`
    const refusal = checkNamed(option, where) ?? checkLocales(option, where) ?? checkChoices(option, where)
    if (refusal) return refusal
    const nests = option.type === ApplicationCommandOptionType.Subcommand || option.type === ApplicationCommandOptionType.SubcommandGroup
    const inner = nests ? checkOptions(option.options ?? [], `${where}.options`) : undefined
    if (inner) return inner
  }
  return undefined
}

function checkChoices(option: Declared, path: string): Refusal | undefined {
  const choices = option.choices ?? []
  if (option.autocomplete && choices.length > 0) {
    return invalidForm(path, 'Autocomplete cannot be set with choices', 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES')
  }
  const names = choices.map(choice => choice.name)
  if (new Set(names).size < names.length)
    return invalidForm(`${path}.choices`, 'Choice names must be unique', 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS')
  if (choices.some(choice => String(choice.value).length > 100)) {
    return invalidForm(`${path}.choices`, 'Must be 100 or fewer in length.', 'BASE_TYPE_MAX_LENGTH')
  }
  return undefined
}

function checkLocales(one: Declared, path: string): Refusal | undefined {
  for (const field of ['name_localizations', 'description_localizations'] as const) {
    const wrong = Object.keys(one[field] ?? {}).find(locale => !locales.has(locale))
    if (wrong !== undefined) return invalidForm(`${path}.${field}`, `Locale "${wrong}" is not available`, 'BASE_TYPE_CHOICES')
  }
  return undefined
}

/** As Discord counts: names, descriptions and choice values, each in its longest language. */
function lengthOf(one: Declared): number {
  const longest = (text: string, others: Record<string, string> | null | undefined): number =>
    Math.max(text.length, ...Object.values(others ?? {}).map(other => other.length))
  const own = longest(one.name, one.name_localizations) + longest(one.description ?? '', one.description_localizations)
  const choices = (one.choices ?? []).reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + String(choice.value).length,
    0,
  )
  return own + choices + (one.options ?? []).reduce((sum, option) => sum + lengthOf(option), 0)
}
