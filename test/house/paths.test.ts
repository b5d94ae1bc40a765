import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missingPaths, pathsIn } from './paths.ts'

// Decision records are left out: they keep the names of their day.
const folders = ['.', 'docs', 'docs/contract']
const documents = folders.flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : [])),
)

test.each(documents)('%s names only files and folders that exist', (document) => {
  expect(missingPaths(document)).toEqual([])
})

test('a path in a document is found in backticks, as a file or a folder', () => {
  expect(
    pathsIn('Touch `domain/imports/options.ts`, then `db/people/write/`. The `GET /v1/users` is no path.'),
  ).toEqual(['domain/imports/options.ts', 'db/people/write/'])
})
