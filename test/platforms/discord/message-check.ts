import {
  type APIButtonComponent,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10'
import { type Draft, fileName, type NumberedUpload } from './draft.ts'
import { allOf, type Posted } from './posted.ts'
import { emptyMessage, invalidForm, Refusal } from './refusal.ts'

const contentMost = 2000
const embedsMost = 6000
const uploadMost = 10 * 1024 * 1024

/** What the schema does not say of a message that is new, or that an edit leaves standing. `before` is what an edit changes. */
export function checkMessage(draft: Draft, files: readonly NumberedUpload[], before?: Posted): Refusal | undefined {
  if (files.some(file => file.content.length > uploadMost)) return new Refusal(413, 40_005, 'Request entity too large')
  const flags = (draft.flags ?? 0) | (before?.raw.flags ?? 0)
  const content = left(draft.content, before?.raw.content) ?? ''
  const embeds = left(draft.embeds, before?.raw.embeds) ?? []
  const components = left(draft.components, before?.raw.components) ?? []
  const attached = files.length + (left(draft.attachments, before?.raw.attachments) ?? []).length
  const hasOther = Boolean(draft.poll || draft.sticker_ids?.length)
  if (content.trim() === '' && embeds.length + components.length + attached === 0 && !hasOther) return emptyMessage()
  const layout = flags & MessageFlags.IsComponentsV2 ? checkSecond(components, content, embeds, hasOther) : checkFirst(components)
  return (
    checkAttachments(draft, files, before) ??
    checkPictures(components, attachedNames(draft, files, before)) ??
    checkWords(content, embeds, draft) ??
    checkFlags(draft.flags ?? 0, !before || before.loading) ??
    layout ??
    checkInteractive(components)
  )
}

/** Each that is named came along or stands there; Discord takes no others. */
function checkAttachments(draft: Draft, files: readonly NumberedUpload[], before: Posted | undefined): Refusal | undefined {
  const known = new Set([...files.map(file => file.number), ...(before?.raw.attachments ?? []).map(one => one.id)])
  const at = (draft.attachments ?? []).findIndex(one => !known.has(String(one.id)))
  return at < 0 ? undefined : invalidForm(`attachments.${at}`, 'The attachment is not there', 'MESSAGE_ATTACHMENT_NOT_FOUND')
}

/** The names of what stands after it. */
function attachedNames(draft: Draft, files: readonly NumberedUpload[], before: Posted | undefined): ReadonlySet<string> {
  const stood = before?.raw.attachments ?? []
  const kept = draft.attachments === undefined ? stood : stood.filter(one => draft.attachments?.some(({ id }) => String(id) === one.id))
  return new Set([...files.map(file => fileName(file.name)), ...kept.map(one => one.filename)])
}

/** What a gallery or a file component shows has to be there, and said in at most 1,024 characters. */
function checkPictures(components: readonly APIMessageTopLevelComponent[], names: ReadonlySet<string>): Refusal | undefined {
  for (const one of allOf(components)) {
    const shown = one.type === ComponentType.MediaGallery ? one.items : one.type === ComponentType.File ? [{ media: one.file }] : []
    for (const item of shown) {
      const [, name] = /^attachment:\/\/(.+)$/.exec(item.media.url) ?? []
      if (name !== undefined && !names.has(name))
        return invalidForm('components', 'The referenced attachment was not found', 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND')
      if ('description' in item && (item.description?.length ?? 0) > 1024)
        return invalidForm('components', 'Must be 1024 or fewer in length.', 'BASE_TYPE_MAX_LENGTH')
    }
  }
  return undefined
}

/** What stands after an edit: undefined leaves it, null takes it away. */
const left = <T, U>(given: T | null | undefined, before: U | undefined): T | U | undefined =>
  given === undefined ? before : (given ?? undefined)

function checkWords(content: string, embeds: readonly APIEmbed[], draft: Draft): Refusal | undefined {
  if ([...content].length > contentMost) {
    return invalidForm('content', `Must be ${contentMost} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH')
  }
  const length = embeds.reduce((sum, embed) => sum + lengthOf(embed), 0)
  if (length > embedsMost) return invalidForm('embeds', `Embed size exceeds maximum size of ${embedsMost}`, 'MAX_EMBED_SIZE_EXCEEDED')
  const { allowed_mentions: allowed, nonce } = draft
  if (allowed?.parse?.some(kind => kind === 'users') && allowed.users?.length) return exclusive('users')
  if (allowed?.parse?.some(kind => kind === 'roles') && allowed.roles?.length) return exclusive('roles')
  if (draft.enforce_nonce && (nonce === undefined || nonce === null || nonce === '')) {
    return invalidForm('nonce', 'This field is required', 'BASE_TYPE_REQUIRED')
  }
  return undefined
}

const exclusive = (kind: string): Refusal =>
  invalidForm(
    'allowed_mentions',
    `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  )

function lengthOf(embed: APIEmbed): number {
  const fields = (embed.fields ?? []).reduce((sum, field) => sum + field.name.length + field.value.length, 0)
  return (
    (embed.title ?? '').length +
    (embed.description ?? '').length +
    (embed.footer?.text ?? '').length +
    (embed.author?.name ?? '').length +
    fields
  )
}

const settable =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2

function checkFlags(flags: number, isNew: boolean): Refusal | undefined {
  if (flags & ~settable) return invalidForm('flags', 'The specified flags are invalid.', 'MESSAGE_FLAGS_INVALID')
  const fixed = MessageFlags.SuppressNotifications | MessageFlags.IsVoiceMessage
  if (!isNew && flags & fixed) return invalidForm('flags', 'These flags cannot be set by an edit.', 'MESSAGE_FLAGS_INVALID')
  return undefined
}

/** Rows of buttons or one select each: what messages had before Components V2. */
function checkFirst(components: readonly APIMessageTopLevelComponent[]): Refusal | undefined {
  if (components.length > 5) return invalidForm('components', 'Must be between 1 and 5 in length.', 'BASE_TYPE_BAD_LENGTH')
  const at = components.findIndex(component => component.type !== ComponentType.ActionRow)
  if (at >= 0) {
    return invalidForm(`components.${at}.type`, 'Value of field "type" must be one of (1,).', 'UNION_TYPE_CHOICES')
  }
  return undefined
}

function checkSecond(
  components: readonly APIMessageTopLevelComponent[],
  content: string,
  embeds: readonly APIEmbed[],
  hasOther: boolean,
): Refusal | undefined {
  const usesLegacy = 'The message cannot be legacy'
  if (content !== '')
    return invalidForm('content', `${usesLegacy}: content beside Components V2.`, 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2')
  if (embeds.length > 0)
    return invalidForm('embeds', `${usesLegacy}: embeds beside Components V2.`, 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2')
  if (hasOther)
    return invalidForm(
      'flags',
      `${usesLegacy}: polls or stickers beside Components V2.`,
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    )
  const all = allOf(components)
  if (all.length > 40) return invalidForm('components', 'The total number of components cannot exceed 40', 'BASE_TYPE_BAD_LENGTH')
  const text = all.reduce((sum, one) => sum + (one.type === ComponentType.TextDisplay ? [...one.content].length : 0), 0)
  if (text > 4000) {
    return invalidForm(
      'components',
      'The combined length of all text displays cannot exceed 4000',
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    )
  }
  return undefined
}

function checkInteractive(components: readonly APIMessageTopLevelComponent[]): Refusal | undefined {
  const all = allOf(components)
  const seen = new Set<string>()
  for (const component of all) {
    if (component.type === ComponentType.ActionRow) {
      const selects = component.components.filter(inner => inner.type !== ComponentType.Button).length
      if (selects > 0 && component.components.length > 1)
        return invalidForm('components', 'A select menu takes a row of its own', 'COMPONENT_LAYOUT_WIDTH_EXCEEDED')
    }
    const wrong =
      component.type === ComponentType.Button
        ? checkButton(component)
        : component.type === ComponentType.StringSelect
          ? checkSelect(component)
          : undefined
    if (wrong) return wrong
    if (!('custom_id' in component)) continue
    if (seen.has(component.custom_id)) {
      return invalidForm('components', 'Component custom id cannot be duplicated', 'COMPONENT_CUSTOM_ID_DUPLICATED')
    }
    seen.add(component.custom_id)
  }
  return undefined
}

function checkButton(button: APIButtonComponent): Refusal | undefined {
  if (button.style === ButtonStyle.Premium) return undefined
  if (!button.label && !button.emoji) return invalidForm('components', 'A button needs a label or an emoji', 'BUTTON_COMPONENT_NO_LABEL')
  const isLink = button.style === ButtonStyle.Link
  if (isLink !== ('url' in button && Boolean(button.url)) || isLink === ('custom_id' in button && Boolean(button.custom_id))) {
    const words = isLink ? 'A link button has a url and no custom id' : 'A custom id is required, and no url'
    return invalidForm(
      'components',
      words,
      isLink ? 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE' : 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    )
  }
  return undefined
}

export function checkSelect(select: APIStringSelectComponent): Refusal | undefined {
  const values = select.options.map(option => option.value)
  const most = select.max_values ?? 1
  const least = select.min_values ?? 1
  if (new Set(values).size < values.length) {
    return invalidForm('components', 'The specified option value is already used', 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED')
  }
  if (most > values.length)
    return invalidForm('components', 'max_values is more than there are options', 'SELECT_COMPONENT_MAX_VALUES_TOO_HIGH')
  if (least > most) return invalidForm('components', 'min_values is more than max_values', 'SELECT_COMPONENT_MIN_VALUES_TOO_HIGH')
  const chosen = select.options.filter(option => option.default).length
  if (chosen > most) return invalidForm('components', 'Too many options are chosen by default', 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES')
  return undefined
}
