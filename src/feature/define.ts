import type { Deps, Feature } from './feature.ts'

/** What a feature that adds nothing more than its name would be. */
const NOTHING: Omit<Feature, 'name'> = {
  ...{ commands: [], actions: {}, forms: {}, bulk: {}, alarms: [], listens: {}, answers: {}, pages: [], metrics: [], pictures: [] },
  claims: async () => undefined,
  draw: async () => new Map(),
  forPerson: async () => [],
  personalData: async () => [],
  forExport: async () => ({}),
  calendar: async () => [],
  offers: async () => [],
  standsIn: async () => [],
  forget: async () => undefined,
  join: async () => undefined,
  forgetNetwork: async () => undefined,
  forPack: async () => [],
  forBulletin: async () => [],
}

/** A feature, from what it brings; what is left out is nothing. One that holds something about people brings `forget` and `join` (a test reads the models). */
export function defineFeature(brings: Pick<Feature, 'name'> & Partial<Feature>): Feature {
  return { ...NOTHING, ...brings }
}

/** How a feature is made, once, at the start. */
export type MakeFeature = (deps: Deps) => Feature
