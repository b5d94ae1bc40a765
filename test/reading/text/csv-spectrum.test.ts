import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readAll } from '../read-all.ts'

/** A public set of CSV files with what they mean as JSON: https://www.npmjs.com/package/csv-spectrum */
const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum'))
const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''))

test('the set is there', () => expect(names.length).toBeGreaterThanOrEqual(12))

/** This one's JSON is an object, not a list, and has another phone number than its CSV: a slip of the set. */
const slips: Record<string, object> = { location_coordinates: { 'Contact Phone Number': '2095257564' } }

test.each(names)('csv-spectrum: %s', async (name) => {
  const stated = [JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'))].flat() as object[]
  const expected = stated.map((record) => ({ ...record, ...slips[name] }))
  const { header, records } = await readAll(readFileSync(join(folder, 'csvs', `${name}.csv`)))
  const read = records.map(({ cells }) => Object.fromEntries(header.map((key, index) => [key, cells[index]])))
  expect(read).toEqual(expected)
})
