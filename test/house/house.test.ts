import { describe, expect, test } from 'vitest'
import { boundaryViolations, heaps, importCycles, impureImports, plumbingViolations, violations } from './rules.ts'
import { readSources, sourceOf } from './sources.ts'

const file = (path: string, ...lines: string[]) => sourceOf(path, lines.join('\n'))

test('the project follows every rule of the house', () => {
  const sources = readSources()
  expect(sources.length).toBeGreaterThan(500)
  expect(violations(sources)).toEqual([])
})

describe('imports', () => {
  test.each([
    ["import { a } from '../db/a.ts'", 'db/a.ts'],
    ["import type { A } from '../db/a.ts'", 'db/a.ts'],
    ["import {\n  a,\n  b,\n} from '../db/a.ts'", 'db/a.ts'],
    ["import '../db/a.ts'", 'db/a.ts'],
    ["export { a } from '../db/a.ts'", 'db/a.ts'],
    ["export * from '../db/a.ts'", 'db/a.ts'],
    ["const a = await import('../db/a.ts')", 'db/a.ts'],
  ])('the import in %j is found', (text, imported) => {
    expect(file('api/b.ts', text).files).toEqual([imported])
  })

  test('an import after another import is found, and so are packages', () => {
    const source = file('api/b.ts', "import { z } from 'zod'", "import { a } from './a.ts'", '', 'export const b = a')
    expect(source).toEqual({ path: 'api/b.ts', files: ['api/a.ts'], packages: ['zod'] })
  })
})

describe('the house check', () => {
  test('a floor that imports a floor above it is rejected', () => {
    expect(boundaryViolations([file('db/imports/rows.ts', "import type { A } from '../../api/app.ts'")])).toEqual([
      'db/imports/rows.ts imports api/app.ts: db/ may import only domain',
    ])
  })

  test('an import of a closed file is rejected if only another file of its floor is open', () => {
    expect(boundaryViolations([file('api/a.ts', "import { b } from '../workflows/import-users.ts'")])).toHaveLength(1)
    expect(boundaryViolations([file('api/a.ts', "import { b } from '../workflows/import-messages.ts'")])).toEqual([])
  })

  test('a Node built-in or a database driver in deterministic code is rejected', () => {
    const workflow = file('workflows/a.ts', "import { b } from 'node:fs'", "import { c } from '@temporalio/workflow'")
    expect(impureImports([workflow, file('domain/a.ts', "import pg from 'pg'")])).toEqual([
      'workflows/a.ts imports node:fs: workflows/ is deterministic and does no I/O',
      'domain/a.ts imports pg: domain/ is deterministic and does no I/O',
    ])
  })

  test('plumbing that imports a subject of its floor is rejected', () => {
    expect(plumbingViolations([file('api/http/a.ts', "import { b } from '../people/users.ts'")])).toHaveLength(1)
    expect(plumbingViolations([file('db/core/a.ts', "import type { B } from '../tables/users.ts'")])).toEqual([])
  })

  test('a circle of imports is rejected, even if only types are imported', () => {
    const circle = [
      file('db/a.ts', "import type { B } from './b.ts'"),
      file('db/b.ts', "import type { C } from './c.ts'"),
      file('db/c.ts', "import type { A } from './a.ts'"),
      file('db/d.ts', "import type { A } from './a.ts'"),
    ]
    expect(importCycles(circle)).toEqual(['db/a.ts ↔ db/b.ts ↔ db/c.ts'])
    expect(importCycles(circle.slice(1))).toEqual([])
  })

  test('a folder with more files than one room holds is rejected', () => {
    const files = Array.from({ length: 14 }, (_, index) => file(`db/people/file-${index}.ts`))
    expect(heaps(files)).toEqual(['db/people/ holds 14 files'])
    expect(heaps(files.slice(1))).toEqual([])
  })
})
