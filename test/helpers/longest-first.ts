import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first: a worker that began one of them last would be waited for by all. */
export const longest: readonly string[] = [
  'store/open',
  'spine/clock',
  'spine/program',
  'three/faults',
  'store/move',
  'app/doors',
  'spine/forged',
  'forums/seats',
  'forums/story',
  'store/scrub',
  'three/outage',
  'adapters/telegram/pictures',
  'spine/away',
  'announcements/secrecy',
  'contract/telegram',
  'three/story',
  'announcements/series',
  'adapters/web/page',
  'network/long-lists',
  'three/away',
]

const rank = ({ moduleId }: TestSpecification): number => {
  const found = longest.findIndex(name => moduleId.endsWith(`/test/${name}.test.ts`))
  return found === -1 ? longest.length : found
}

/** A fresh clone has no times of an earlier run to order the files by, and file size says little. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}
