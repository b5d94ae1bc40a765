import { existsSync, readFileSync } from 'node:fs'
import { floors } from './plan.ts'

const roots = [...Object.keys(floors), 'test', 'bench', 'docs', 'examples']
const PATH = new RegExp(`\`((?:${roots.join('|')})/[\\w./-]*)\``, 'g')

/** The paths of this project that `text` names in backticks: `db/imports/`, `api/app.ts`. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(PATH)].map((match) => match[1] ?? '')
}

/** Paths that a document of the project names and that do not exist. */
export function missingPaths(document: string): string[] {
  return pathsIn(readFileSync(document, 'utf8')).filter((path) => !existsSync(path))
}
