import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/helpers/longest-first.ts'
import { PATIENCE_MS } from './test/helpers/patience.ts'
import { isChecked } from './test/platforms/checked.ts'

// `.ci/run` asks for a report in a file, to count from.
const report = process.env['TEST_REPORT']

// The tests of the loop-back platforms themselves run when these have changed, when they are named, and with CHECK_ALL.
const leavesOut = !process.env['CHECK_ALL'] && !process.argv.some(arg => arg.includes('platforms')) && isChecked()
if (leavesOut)
  console.log('The loop-back platforms are as they were when their own tests last passed: these are left out (npm run platforms).')

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(leavesOut ? ['test/platforms/**'] : [])],
    globalSetup: ['test/global-setup.ts'],
    // Generous: a busy machine must not fail a test that would pass.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: PATIENCE_MS, interval: 20 } },
    slowTestThreshold: 2_000,
    // The tests wait more than they compute: four at once also on one or two cores.
    maxWorkers: Math.max(4, availableParallelism()),
    // A process keeps what it has loaded for the next file of tests: half of the time would go into loading the chat libraries again.
    isolate: false,
    // A larger nursery: a tenth of what the tests compute would go into collecting it.
    execArgv: ['--max-semi-space-size=32'],
    sequence: { sequencer: LongestFirst },
    allowOnly: false,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
