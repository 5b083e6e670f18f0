import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { clockChanges, oneOffs } from './clock-table.ts'

const program = fileURLToPath(new URL('clocks.ts', import.meta.url))

/** The same program on machines whose own clocks stand in other zones. */
async function onMachineIn(zone: string): Promise<{ offset: number; series: unknown[]; single: unknown[] }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], { env: { ...process.env, TZ: zone } })
  return JSON.parse(stdout) as Awaited<ReturnType<typeof onMachineIn>>
}

describe.each([
  { host: 'UTC', offset: 0 },
  // London had summer time all the year round in 1970.
  { host: 'Europe/London', offset: -60 },
  { host: 'Asia/Kolkata', offset: -330 },
])('on a machine in $host, in London', ({ host, offset }) => {
  test('series keep their time of day over both clock changes, single times say what they will be', async () => {
    const told = await onMachineIn(host)
    expect(told.offset).toBe(offset)
    expect(told.series).toEqual(clockChanges.map(({ dates }) => dates))
    expect(told.single).toEqual(oneOffs.map(({ at }) => at))
  })
})
