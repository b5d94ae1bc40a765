import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mappingOf } from '../../../cli/flags/mapping-flags.ts'

test('--map matches a header with any characters to a field', async () => {
  const map = ['email=E-Mail', 'title 1=Course = one', 'custom.badge=']
  expect(await mappingOf({ map }, '.')).toEqual({ email: 'E-Mail', 'title 1': 'Course = one', 'custom.badge': '' })
  expect(await mappingOf({}, '.')).toBeNull()
})

test('--map overrides a mapping from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
  await writeFile(join(folder, 'columns.json'), '{"email":"Mail","firstName":"Vorname"}')
  const mapping = await mappingOf({ mapping: 'columns.json', map: ['email=E-Mail'] }, folder)
  expect(mapping).toEqual({ email: 'E-Mail', firstName: 'Vorname' })
  await rm(folder, { recursive: true })
})

test.each(['email', '=E-Mail', ''])('%j is not a valid value of --map', async (text) => {
  await expect(mappingOf({ map: [text] }, '.')).rejects.toThrow('FIELD=HEADER')
})

test('a field with two columns is rejected', async () => {
  await expect(mappingOf({ map: ['email=a', 'email=b'] }, '.')).rejects.toThrow('--map email is given twice')
})
