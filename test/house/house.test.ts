import { describe, expect, test } from 'vitest'
import { boundaryViolations, heaps, importCycles, impureImports, plumbingViolations, violations } from './rules.ts'
import { readSources, sourceOf } from './sources.ts'

const file = (path: string, ...lines: string[]) => sourceOf(path, lines.join('\n'))

test('the project keeps every rule of the house', () => {
  const sources = readSources()
  expect(sources.length).toBeGreaterThan(500)
  expect(violations(sources)).toEqual([])
})

describe('an import is found', () => {
  test.each([
    ["import { a } from '../db/a.ts'", 'db/a.ts'],
    ["import type { A } from '../db/a.ts'", 'db/a.ts'],
    ["import {\n  a,\n  b,\n} from '../db/a.ts'", 'db/a.ts'],
    ["import '../db/a.ts'", 'db/a.ts'],
    ["export { a } from '../db/a.ts'", 'db/a.ts'],
    ["export * from '../db/a.ts'", 'db/a.ts'],
    ["const a = await import('../db/a.ts')", 'db/a.ts'],
  ])('in %j', (text, imported) => {
    expect(file('api/b.ts', text).files).toEqual([imported])
  })

  test('after another import, as are packages', () => {
    const source = file('api/b.ts', "import { z } from 'zod'", "import { a } from './a.ts'", '', 'export const b = a')
    expect(source).toEqual({ path: 'api/b.ts', files: ['api/a.ts'], packages: ['zod'] })
  })
})

describe('the check rejects', () => {
  test('a floor that imports another floor above it', () => {
    expect(boundaryViolations([file('db/imports/rows.ts', "import type { A } from '../../api/app.ts'")])).toEqual([
      'db/imports/rows.ts imports api/app.ts: db/ may import only domain',
    ])
  })

  test('a file of a floor of which only another file is open', () => {
    expect(boundaryViolations([file('api/a.ts', "import { b } from '../workflows/import-users.ts'")])).toHaveLength(1)
    expect(boundaryViolations([file('api/a.ts', "import { b } from '../workflows/import-messages.ts'")])).toEqual([])
  })

  test('a Node built-in and a database driver in deterministic code', () => {
    const workflow = file('workflows/a.ts', "import { b } from 'node:fs'", "import { c } from '@temporalio/workflow'")
    expect(impureImports([workflow, file('domain/a.ts', "import pg from 'pg'")])).toEqual([
      'workflows/a.ts imports node:fs: workflows/ is deterministic and does no I/O',
      'domain/a.ts imports pg: domain/ is deterministic and does no I/O',
    ])
  })

  test('plumbing that imports a subject of its floor', () => {
    expect(plumbingViolations([file('api/http/a.ts', "import { b } from '../people/users.ts'")])).toHaveLength(1)
    expect(plumbingViolations([file('db/core/a.ts', "import type { B } from '../tables/users.ts'")])).toEqual([])
  })

  test('a circle of imports, even of types only', () => {
    const circle = [
      file('db/a.ts', "import type { B } from './b.ts'"),
      file('db/b.ts', "import type { C } from './c.ts'"),
      file('db/c.ts', "import type { A } from './a.ts'"),
      file('db/d.ts', "import type { A } from './a.ts'"),
    ]
    expect(importCycles(circle)).toEqual(['db/a.ts ↔ db/b.ts ↔ db/c.ts'])
    expect(importCycles(circle.slice(1))).toEqual([])
  })

  test('a folder that holds more files than a room', () => {
    const files = Array.from({ length: 14 }, (_, index) => file(`db/people/file-${index}.ts`))
    expect(heaps(files)).toEqual(['db/people/ holds 14 files'])
    expect(heaps(files.slice(1))).toEqual([])
  })
})
