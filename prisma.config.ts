import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Prisma's CLI downloads its schema engine before any command, even `generate`, which does not use it. Where that
// download is impossible, a stub stops it; `migrate`, `db push` and `db pull` then fail with a clear message.
// PRISMA_NATIVE_ENGINE=1 lets the CLI download and use the real engine.
const stub = fileURLToPath(new URL('./prisma/no-schema-engine.sh', import.meta.url))
if (!process.env['PRISMA_NATIVE_ENGINE'] && existsSync(stub)) process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= stub

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost/none' },
})
