import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Preview } from '../../cli/print/print-preview.ts'
import type { Import, ImportRow } from '../../cli/types.ts'
import { readCells } from '../reading/read-all.ts'
import { bytesByName, examples, workbooksByName } from './make-files.ts'
import { promised } from './readme.ts'
import { demoWorld } from './world.ts'

let world: Awaited<ReturnType<typeof demoWorld>>
beforeAll(async () => {
  world = await demoWorld(import.meta.url)
})
afterAll(() => world.close())

const files = readdirSync(examples).filter((name) => !['README.md', 'demo.json', '.gitattributes'].includes(name))

describe('examples/README.md', () => {
  test('examples/README.md has a command and its answer for every example file', () => {
    expect([...new Set(promised().map(({ file }) => file))].sort()).toEqual(files.sort())
  })

  test.each(promised().map(({ args, answer }) => [args.join(' '), answer, args] as const))(
    'muster %s: %s',
    async (_, answer, args) => {
      expect(args[0] === 'preview' ? await previewed(args) : await imported(args)).toBe(answer)
    },
  )
})

async function previewed(args: string[]): Promise<string> {
  const { stdout } = await world.muster([...args, '--json'])
  const { records, template, file, problems } = JSON.parse(stdout) as Preview & { file: Record<string, string | null> }
  expect(problems).toEqual([])
  const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' }
  const read = file.sheet ? [`sheet ${file.sheet}`] : [file.encoding, delimiters[file.delimiter ?? '']]
  return [`${records} people`, `template ${template}`, ...read].join(', ')
}

async function imported(args: string[]): Promise<string> {
  const { stdout, stderr } = await world.muster([...args, '--dry-run', '--json'])
  if (stdout === '') return `refused at once: ${/✗ (.*)/.exec(stderr)?.[1]}`
  const found = JSON.parse(stdout) as Import
  if (found.problem) {
    const { title, code, row } = found.problem
    return `refused: ${title}${code === 'invalid-mapping' ? '' : ` (${code}${row ? `, row ${row}` : ''})`}`
  }
  expect([found.status, await written()]).toEqual(['completed', 0])
  return planned(found)
}

async function planned({ id, plan }: Import): Promise<string> {
  const { create, invite, update, skip, assignments, emails, invalid } = plan!
  const { body } = await world.client.get(`/v1/imports/${id}/rows?outcome=invalid`)
  const codes = (body.items as ImportRow[]).flatMap(({ errors }) => errors.map(({ code }) => code))
  const parts: [number, string][] = [
    [create, 'created'],
    [invite, 'invited'],
    [update, 'updated'],
    [skip, 'skipped'],
    [assignments, assignments === 1 ? 'course assignment' : 'course assignments'],
    [emails, 'e-mails'],
    [invalid, `invalid: ${[...new Set(codes)].join(', ')}`],
  ]
  return parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ')
}

/** Counts the users and invitations that the examples created. All of them are dry runs, so there are none. */
async function written(): Promise<number> {
  const [users, invitations] = await Promise.all(
    (['users', 'invitations'] as const).map((table) => world.db.selectFrom(table).select('id').execute()),
  )
  return users!.length + invitations!.length
}

describe('the example files', () => {
  test.each(Object.entries(bytesByName))('%s equals the generated file, byte for byte', (name, make) => {
    expect(readFileSync(join(examples, name)).equals(make())).toBe(true)
  })

  test.each(Object.entries(workbooksByName))('%s has the cells that the generator writes', async (name, make) => {
    expect(await readCells(readFileSync(join(examples, name)))).toEqual(await readCells(await make()))
  })

  test('each example file is smaller than 12,000 bytes and names only reserved example domains', () => {
    for (const name of files) {
      const bytes = readFileSync(join(examples, name))
      expect(bytes.length, name).toBeLessThan(12_000)
      const domains = [...bytes.toString('latin1').matchAll(/@([a-z][a-z.]+\.[a-z]+)/g)].map(([, domain]) => domain!)
      for (const domain of domains) expect(domain, name).toMatch(/(^|\.)example(\.com|\.org)?$/)
    }
  })
})

test('an export of mess-formulas.csv has no cell that a spreadsheet would run', async () => {
  const { code, stdout } = await world.muster(['import', 'examples/mess-formulas.csv', '--no-emails', '-w', '--json'])
  expect(code).toBe(4)
  const result = await world.muster(['result', JSON.parse(stdout).id, '--csv'])
  expect(result.stdout).toContain("'=1+1,\"'=HYPERLINK")
  expect(result.stdout).toContain("'@SUM(A1:A9),'=cmd|' /C calc'!A0")
  const kept = await world.client.get('/v1/users?email=equals@mesaverde.example')
  expect(kept.body.items).toMatchObject([{ firstName: '=1+1', jobRole: '+49 30 901820', region: '-2+3' }])
})
