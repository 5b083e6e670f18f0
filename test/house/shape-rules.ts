import { basename } from 'node:path'
import ts from 'typescript'
import { type Complaint, complain, type Source, walk } from './source.ts'

const mostLines = 260

/** Files that are as long as they are. */
const mayBeLong: readonly string[] = [
  // Written by `npm run texts`: a line for each text.
  'src/texts/keys.ts',
]

/** How a file may look: its length, its name, what it exports, and what nobody writes here. */
export function shapeComplaints(file: Source): readonly Complaint[] {
  return [...length(file), ...name(file), ...words(file), ...nodes(file), ...barrel(file)]
}

function length({ path, text }: Source): readonly Complaint[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return lines > mostLines && !mayBeLong.includes(path) ? [`${path} has ${lines} lines: ${mostLines} is the most`] : []
}

function name({ path }: Source): readonly Complaint[] {
  const plain = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(basename(path))
  return plain ? [] : [`${path} is not named in kebab-case`]
}

// Put together from parts, so that this file keeps its own rules.
const unwanted = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['@ts-', 'ignore'],
  ['@ts-', 'nocheck'],
  ['biome-', 'ignore'],
  ['eslint-', 'disable'],
].map(parts => parts.join(''))

function words({ path, text }: Source): readonly Complaint[] {
  return text
    .split('\n')
    .flatMap((line, i) => unwanted.filter(word => new RegExp(`(?<!\\w)${word}`).test(line)).map(word => `${path}:${i + 1} says ${word}`))
}

function nodes(file: Source): readonly Complaint[] {
  const found: Complaint[] = []
  walk(file.ast, node => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(complain(file, node, 'uses any'))
    if (ts.isExportAssignment(node)) found.push(complain(file, node, 'has a default export'))
    if (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent))
      found.push(complain(file, node, 'has a default export'))
    if (ts.isExportSpecifier(node) && node.name.text === 'default') found.push(complain(file, node, 'has a default export'))
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && !node.exportClause)
      found.push(complain(file, node, 'exports all of another file'))
  })
  return found
}

/** A file that only hands on what other files export. */
function barrel({ path, ast }: Source): readonly Complaint[] {
  const own = ast.statements.filter(one => !ts.isImportDeclaration(one))
  const handsOn = own.length > 0 && own.every(one => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined)
  return handsOn ? [`${path} is a barrel`] : []
}

/** Lines that open what tells of a secret choice. Only the file that hands it to the person's platform may. */
export function secretComplaints({ path, text }: Pick<Source, 'path' | 'text'>): readonly Complaint[] {
  if (path === 'src/app/respond.ts') return []
  return text.split('\n').flatMap((line, i) => (/\bSecret\s*\.\s*reveal\b/.test(line) ? [`${path}:${i + 1} opens a secret answer`] : []))
}

const platforms = /discord|slack|telegram|grammy/i

/** Lines of `src` that name a platform. Only `main.ts` may. */
export function platformComplaints({ path, text }: Pick<Source, 'path' | 'text'>): readonly Complaint[] {
  if (path === 'src/main.ts') return []
  return text.split('\n').flatMap((line, i) => (platforms.test(line) ? [`${path}:${i + 1} names a platform: ${line.trim()}`] : []))
}

/** Where letters are made large or small and nothing that people say is compared, or just that is done. */
const changeCase: readonly RegExp[] = [
  /^src\/view\/sanitize\.ts$/,
  // The name of a command, as an app sends it.
  /^src\/app\/router\.ts$/,
  // Times are said in English words and digits, whatever stands around them.
  /^src\/schedule\//,
  // Codes of our own, and how a platform's name is written.
  /^src\/(network\/codes|community\/chat-names|community\/platform-news|calendar\/secret)\.ts$/,
]

/** Words of people are compared by `sameKey` and its kin: large and small letters alone do not make them the same. */
export function caseComplaints(file: Source): readonly Complaint[] {
  if (changeCase.some(one => one.test(file.path))) return []
  const found: Complaint[] = []
  walk(file.ast, node => {
    if (ts.isPropertyAccessExpression(node) && /^to(Locale)?(Lower|Upper)Case$/.test(node.name.text))
      found.push(complain(file, node, 'changes the case of letters: compare words by sameKey'))
  })
  return found
}
