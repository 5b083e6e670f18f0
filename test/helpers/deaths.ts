import process from 'node:process'
import { onTestFinished } from 'vitest'

/** What would have ended the process, while a test runs. */
export function deaths(): readonly string[] {
  const found: string[] = []
  const note = (cause: unknown): void => void found.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, note)
    onTestFinished(() => void process.off(event, note))
  }
  return found
}
