import { defineFeature } from '../../src/feature/define.ts'
import type { Feature } from '../../src/feature/feature.ts'
import type { Complaint } from './source.ts'

/** Whoever holds something about people can forget them, and join two of them: read from the models, by section. */

/** Sections that are not called like the feature that sees to them. */
const SECTIONS: Readonly<Record<string, string>> = { 'repeated announcements': 'announcements', delivery: 'network' }

/** Columns that are called as if they referred to a person. */
const NOBODY: Readonly<Record<string, string>> = { 'Delivery.leaseBy': 'A process.' }

/** A person or one of their accounts: by a relation, or by how the column is called. */
const refers =
  /^(?:person|identity)(?:Id|Ref)$|^\w*(?:Person|Identity|Host|Maker|Owner|Author|Member)(?:Id|Ref)$|^(?:host|maker|owner|author|member)Id$|^\w+By$|^voter$/

interface Held {
  readonly section: string
  /** `Model.column` */
  readonly column: string
}

/** The columns of a schema that refer to people, each with its section. */
export function columnsOfPeople(schema: string): readonly Held[] {
  const [, ...sections] = schema.split(/^\/\/ ---- /m)
  return sections.flatMap(text => {
    const section = /^[\w ]+/.exec(text)?.[0].trim() ?? ''
    return [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model = '', body = '']) =>
      fieldsOf(body).map(name => ({ section, column: `${model}.${name}` })),
    )
  })
}

function fieldsOf(body: string): readonly string[] {
  const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)(.*)$/gm)].map(([, name = '', type = '', rest = '']) => ({ name, type, rest }))
  // `person Person @relation(fields: [personId], …)`: the column is what holds it.
  const related = fields.filter(({ type }) => type === 'Person' || type === 'Identity')
  const columns = related.flatMap(({ rest }) => /fields: \[(\w+)\]/.exec(rest)?.[1] ?? [])
  const named = fields.filter(({ name, type }) => type === 'String' && refers.test(name)).map(({ name }) => name)
  return [...new Set([...columns, ...named])]
}

/** Columns that no feature sees to. What a feature leaves out is the very function that it is for one that brings nothing. */
export function peopleComplaints(schema: string, features: readonly Feature[]): readonly Complaint[] {
  const bare = defineFeature({ name: 'bare' })
  const held = columnsOfPeople(schema).filter(({ column }) => !(column in NOBODY))
  return held.flatMap(({ section, column }) => {
    const name = SECTIONS[section] ?? section
    const feature = features.find(one => one.name === name)
    if (!feature) return [`${column} refers to a person, and there is no feature “${name}” that could forget them`]
    const missing = (['forget', 'join'] as const).filter(part => feature[part] === bare[part])
    return missing.map(part => `${column} refers to a person, and the feature “${name}” does not say how to ${part} them`)
  })
}
