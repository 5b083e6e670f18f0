import { type Complaint, type Import, importsOf, type Source } from './source.ts'

/** What an adapter may take from outside, beside Node's own modules. A new platform is a new line. */
const ownSdk: Readonly<Record<string, RegExp>> = {
  telegram: /^(grammy|@grammyjs\/.+|undici)$/,
  web: /^(hono|@hono\/node-server)$/,
  discord: /^discord(\.js|-api-types)$/,
  slack: /^@slack\/.+$/,
}

const chatSdk = /^(grammy|@grammyjs\/.+|discord\.js|discord-api-types|@discordjs\/.+|@slack\/.+)$/

/** Folders of `src` that every feature stands on. Every other folder there is a feature. */
const ground = new Set([
  'app',
  'feature',
  'kit',
  'runtime',
  'platform',
  'community',
  'pictures',
  'base',
  'view',
  'texts',
  'delivery',
  'store',
  'schedule',
  'web',
])

/** The files of `src` that know the features by name. */
const knowFeatures = new Set(['src/feature/features.ts', 'src/main.ts'])

/** Which files may be imported from where. */
export function importComplaints(file: Source): readonly Complaint[] {
  const rules = file.path.startsWith('adapters/') ? [adapter] : file.path.startsWith('src/') ? [core, features] : []
  return importsOf(file).flatMap(one =>
    rules.flatMap(rule => rule(file.path, one) ?? []).map(what => `${file.path}:${one.line} ${what}: ${one.from}`),
  )
}

function adapter(path: string, { file, pack }: Import): string | undefined {
  const [, name = ''] = path.split('/')
  if (file !== undefined) {
    const allowed = file.startsWith('src/platform/') || file.startsWith('src/view/') || file.startsWith(`adapters/${name}/`)
    return allowed ? undefined : 'an adapter imports only src/platform, src/view and its own folder'
  }
  if (pack === undefined || pack.startsWith('node:') || ownSdk[name]?.test(pack)) return undefined
  if (pack === 'zod' && /\/(settings|decode|shapes)\.ts$/.test(path)) return undefined
  return pack === 'zod' ? 'only settings.ts, decode.ts and shapes.ts of an adapter use zod' : 'an adapter imports only its own SDK'
}

function core(path: string, { file, pack }: Import): string | undefined {
  if (path === 'src/main.ts') return undefined
  if (file?.startsWith('adapters/')) return 'only src/main.ts sees the adapters'
  return pack !== undefined && chatSdk.test(pack) ? 'src never imports a chat SDK' : undefined
}

function features(path: string, { file }: Import): string | undefined {
  const to = featureOf(file ?? '')
  const from = featureOf(path)
  if (to === undefined || to === from || knowFeatures.has(path)) return undefined
  return from === undefined ? 'only src/feature/features.ts knows the features' : 'a feature does not import another feature'
}

/** The feature that a file belongs to. */
function featureOf(path: string): string | undefined {
  const [, folder] = /^src\/([^/]+)\/.+/.exec(path) ?? []
  return folder !== undefined && !ground.has(folder) ? folder : undefined
}
