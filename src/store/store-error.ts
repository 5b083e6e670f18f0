/** Something that the person who runs the bot can put right. The message is one line of plain English that says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

const full = /No space left on device|ENOSPC|EDQUOT|Disk quota exceeded/i

/** The operating system's short name of an error ("EACCES"), or the database's ("28P01"); '' when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Whether an error or some output says that the disk is full. */
export function saysFull(text: string): boolean {
  return full.test(text)
}

/** The error for a full disk; `folder` is where there was no room. */
export function fullDisk(folder: string, cause?: unknown): StoreError {
  const message = `The disk that holds ${folder} is full: make room there, or set STATE_DIR to a folder on a bigger disk.`
  return new StoreError(message, { cause })
}

/** Runs a step that touches `folder` and turns what the operating system refuses into a StoreError. */
export function onFolder<Result>(folder: string, step: () => Result): Result {
  try {
    return step()
  } catch (cause) {
    if (saysFull(codeOf(cause))) throw fullDisk(folder, cause)
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG'].includes(codeOf(cause))) throw cause
    const message = `The state folder ${folder} cannot be written to (${codeOf(cause)}): give it to the user who runs the bot, or set STATE_DIR to another folder.`
    throw new StoreError(message, { cause })
  }
}
