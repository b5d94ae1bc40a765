import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { templates } from '../../domain/people/templates/index.ts'
import { encodeText } from '../../reading/index.ts'
import { type FormatsWorld, formatsWorld } from './world.ts'

let world: FormatsWorld

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
})
afterAll(() => world.close())

const address = (who: string) => `${who}@list.example`

describe('a template', () => {
  test('a template is a declaration without code', async () => {
    for (const template of templates.values()) {
      expect(JSON.parse(JSON.stringify(template))).toEqual(template)
      const file = resolve(import.meta.dirname, `../../domain/people/templates/${template.id}.ts`)
      expect(await readFile(file, 'utf8')).not.toMatch(/=>|function/)
    }
  })

  test('a template defines which headers a file must have and how strictly they are checked', async () => {
    const { items } = (await world.office.get('/v1/templates')).body
    const said = (items as { id: string; headers: string }[]).map(({ id, headers }) => [id, headers])
    expect(said).toEqual([
      ['onboarding', 'exact'],
      ['invitation', 'matched'],
      ['team', 'in-order'],
      ['none', 'matched'],
    ])
  })
})

describe('any other file', () => {
  const rows = (who: string) => [
    ['Kurs', 'Mail', 'Wer', 'Wo', 'Team'],
    ['Safety at Blue Harbour', address(who), 'Zoë', 'Blue Harbour', 'Nord'],
    ['', address(`${who}.two`), 'Änne', 'Blue Harbour', ''],
  ]
  const mapping = { 'title 1': 'Kurs', email: 'Mail', firstName: 'Wer', company: 'Wo', label: 'Team' }

  test.each([
    [
      'a CSV of another country',
      (table: string[][]) => encodeText(table.map((r) => r.join(';')).join('\r\n'), 'windows-1252'),
    ],
    ['tabs', (table: string[][]) => Buffer.from(table.map((r) => r.join('\t')).join('\n'))],
    [
      'a workbook',
      (table: string[][]) =>
        writeWorkbook([{ data: table.map((r) => r.map((cell) => cell || null)), sheet: 'A' }]).toBuffer(),
    ],
  ] as const)('%s goes through the same matching step as invitation', async (name, write) => {
    const who = name.replaceAll(' ', '.').toLowerCase()
    const bytes = await write(rows(who))
    const shown = await world.preview(bytes)
    expect(shown).toMatchObject({ template: 'none', headers: rows(who)[0], records: 2 })
    expect(shown.mapping).toMatchObject({ email: 'Mail' })
    const preview = await world.preview(bytes, { template: 'none', mapping: JSON.stringify(mapping) })
    expect(preview).toMatchObject({ missing: [], problems: [], mapping })
    const options = { sendEmails: false }
    const done = await world.imported(bytes, { template: 'none', mapping: preview.mapping, options })
    expect(done).toMatchObject({ status: 'completed', counts: { created: 2, assignments: 1, invalid: 0 } })
    expect(await world.person(address(who))).toMatchObject({
      firstName: 'Zoë',
      company: world.blue.company,
      label: 'Nord',
      courses: [world.blue.course],
    })
  })
})
