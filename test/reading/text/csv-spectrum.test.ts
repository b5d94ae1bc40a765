import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readAll } from '../read-all.ts'

/** A public set of CSV files and their meaning in JSON: https://www.npmjs.com/package/csv-spectrum */
const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum'))
const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''))

test('the csv-spectrum set is installed', () => expect(names.length).toBeGreaterThanOrEqual(12))

/** The JSON of this file is an object, not a list, and its phone number differs from the CSV: a mistake in the set. */
const slips: Record<string, object> = { location_coordinates: { 'Contact Phone Number': '2095257564' } }

test.each(names)('the csv-spectrum file %s is read as its JSON says', async (name) => {
  const stated = [JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'))].flat() as object[]
  const expected = stated.map((record) => ({ ...record, ...slips[name] }))
  const { header, records } = await readAll(readFileSync(join(folder, 'csvs', `${name}.csv`)))
  const read = records.map(({ cells }) => Object.fromEntries(header.map((key, index) => [key, cells[index]])))
  expect(read).toEqual(expected)
})
