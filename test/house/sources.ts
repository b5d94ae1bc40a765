import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** A code file and what it imports: files of the project by path from its root, packages by name. Types count, too. */
export interface Source {
  path: string
  files: string[]
  packages: string[]
}

const SPECIFIER = /(?:^|\n)(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?'([^']+)'|\bimport\(\s*'([^']+)'/g

/** The imports in `text`, the content of the file at `path`. */
export function sourceOf(path: string, text: string): Source {
  const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? match[2] ?? '')
  const isFile = (specifier: string) => specifier.startsWith('.')
  return {
    path,
    files: specifiers.filter(isFile).map((specifier) => posix.join(posix.dirname(path), specifier)),
    packages: specifiers.filter((specifier) => !isFile(specifier)),
  }
}

/** Every code file that git tracks or would add. */
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
