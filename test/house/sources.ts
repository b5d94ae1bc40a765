import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** A code file and its imports: project files by their path from the root, packages by name. Imports of types count. */
export interface Source {
  path: string
  files: string[]
  packages: string[]
}

const SPECIFIER = /(?:^|\n)(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?'([^']+)'|\bimport\(\s*'([^']+)'/g

/** Returns the imports in `text`, the content of the file at `path`. */
export function sourceOf(path: string, text: string): Source {
  const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? match[2] ?? '')
  const isFile = (specifier: string) => specifier.startsWith('.')
  return {
    path,
    files: specifiers.filter(isFile).map((specifier) => posix.join(posix.dirname(path), specifier)),
    packages: specifiers.filter((specifier) => !isFile(specifier)),
  }
}

/** Returns every code file that git tracks or would add. */
export function readSources(): Source[] {
  const listed = execFileSync('git', [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '*.ts',
    '*.tsx',
    '*.mjs',
  ])
  const paths = listed.toString().split('\n').filter(Boolean)
  return paths.filter((path) => existsSync(path)).map((path) => sourceOf(path, readFileSync(path, 'utf8')))
}
