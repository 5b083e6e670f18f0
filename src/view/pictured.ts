import type { Block, PictureBlock, View } from './view.ts'

export function pictureIn({ blocks }: View): PictureBlock | undefined {
  return blocks.find(block => block.kind === 'picture')
}

/** A view with the bytes of its picture, if it has one. One whose picture is no more says in words what it showed. */
export async function pictured(
  view: View,
  read: (id: string) => Promise<Uint8Array | undefined>,
): Promise<{ readonly view: View; readonly bytes?: Uint8Array }> {
  const picture = pictureIn(view)
  if (!picture) return { view }
  const bytes = await read(picture.id)
  return bytes ? { view, bytes } : { view: { ...view, blocks: view.blocks.map(inWords) } }
}

const inWords = (block: Block): Block => (block.kind === 'picture' ? { kind: 'quiet', text: block.about } : block)

/** The name of its file: it tells one picture from another of the same name. */
export function fileNameOf({ id, mime }: PictureBlock): string {
  return `${id.replaceAll(/[^\w-]+/g, '_')}.${mime.replace('image/', '').replace('jpeg', 'jpg')}`
}

const marks: readonly (readonly [mime: string, begins: RegExp])[] = [
  ['image/jpeg', /^ffd8ff/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^474946383[79]61/],
  // "RIFF", a length, "WEBP".
  ['image/webp', /^52494646.{8}57454250/],
  // A length, "ftypavif".
  ['image/avif', /^.{8}6674797061766966/],
]

/** What kind of picture it really is, by its first bytes; undefined for what is none that we read. */
export function mimeOf(bytes: Uint8Array): string | undefined {
  const head = [...bytes.subarray(0, 12)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return marks.find(([, begins]) => begins.test(head))?.[0]
}
