import { readMigrations } from '../../src/store/migrate.ts'
import type { Store } from '../../src/store/open.ts'

// One column a type, and values that a careless copy would change.
const kinds: readonly [type: string, values: readonly (string | null)[]][] = [
  ['text', ['plain', '', 'a\nb\r\n\tc', 'line\u2028separator', '"quoted" \\back\\slash', "it's", '\ufeff🗳️ ελληνικά', '[1]', 'null', null]],
  ['bytea', ['\\x', '\\x00ff5c0a22', null]],
  ['timestamptz(3)', ['2026-03-29 01:30:00.123+00', 'infinity', '0044-03-15 12:00:00+00 BC', null]],
  ['timestamptz', ['1999-12-31 23:59:59.999999+00']],
  ['date', ['2026-02-28']],
  ['interval', ['1 year -2 mons +3 days -04:05:06.789']],
  ['bigint', ['9223372036854775807', '-9223372036854775808', null]],
  ['numeric', ['123456789012345678901234567890.000000000000000001', 'NaN']],
  ['double precision', ['0.1', '5e-324', '1.7976931348623157e308', '-0', 'Infinity', 'NaN']],
  ['boolean', ['t', 'f', null]],
  ['jsonb', ['{"a": [1, 1.50, 12345678901234567890], "b": null}', 'null', '"text"', '[]', null]],
  ['json', ['{ "kept" :\n "as it is", "kept": 1.0 }']],
  ['text[]', ['{}', '{a,NULL,"NULL","",\\\\,"\\"","b\nc"}', '[0:1]={a,b}', '{{1,2},{3,4}}', null]],
  ['bytea[]', ['{"\\\\x00ff",NULL}']],
  ['integer[]', ['{1,2,-3}', null]],
  ['mood', ['content', '"quite" unhappy', null]],
  ['uuid', ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
  ['char(5)', ['ab   ']],
]

const columns = kinds.map(([type], index) => `"Column ${index}" ${type}`).join(', ')
const shapes = {
  name: '9998_shapes',
  sql: `CREATE TYPE mood AS ENUM ('content', '"quite" unhappy');
    CREATE TABLE "Every kind" (id bigserial PRIMARY KEY, ${columns}, twice int GENERATED ALWAYS AS (length("Column 0") * 2) STORED);
    CREATE TABLE reply (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, about int REFERENCES reply, kind bigint REFERENCES "Every kind");
    CREATE TABLE noted (what text);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO noted VALUES ('written'); RETURN NEW; END $$;
    CREATE TRIGGER noting AFTER INSERT ON "Every kind" FOR EACH ROW EXECUTE FUNCTION note();`,
}
export const known = [...readMigrations(), shapes]

/** Writes every kind of value. */
export const fill = async ({ pool }: Store) => {
  const rows = Math.max(...kinds.map(([, values]) => values.length))
  const names = kinds.map((_kind, index) => `"Column ${index}"`).join(', ')
  const places = kinds.map(([type], index) => `$${index + 1}::text::${type}`).join(', ')
  for (let row = 0; row < rows; row++) {
    const values = kinds.map(([, given]) => given[row] ?? null)
    await pool.query(`INSERT INTO "Every kind" (${names}) VALUES (${places})`, values)
  }
  // Replies refer forwards and to themselves; the last number that was given out is of a row that is gone.
  await pool.query('INSERT INTO reply (kind) SELECT 1 FROM generate_series(1, 2999)')
  await pool.query('UPDATE reply SET about = 3000 - id')
  await pool.query('INSERT INTO "Every kind" DEFAULT VALUES')
  await pool.query('DELETE FROM "Every kind" WHERE id = (SELECT max(id) FROM "Every kind")')
  await pool.query(`INSERT INTO "PollKey" VALUES ('a secret poll', '\\xc0ffee')`)
}

/** All that a store holds, as PostgreSQL itself writes it. */
export const content = async ({ pool }: Store) => {
  const all: Record<string, unknown> = {}
  for (const table of ['Every kind', 'reply', 'noted', 'PollKey']) {
    all[table] = (await pool.query(`SELECT t::text FROM "${table}" t ORDER BY 1`)).rows.map(row => row.t)
  }
  all['keys'] = (await pool.query(`SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2`)).rows
  all['triggers'] = (await pool.query('SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal')).rows
  return all
}
