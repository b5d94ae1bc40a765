import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeText, markOf } from '../../../../reading/index.ts'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'

let world: World
let all: Catalogue
let worker: RunningWorker

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  worker = await startWorker(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const header = 'name;email;enabled;companyName;languageCode'
const good = 'Zoë;zoe@example.com;1;Blue Harbour;hu'
const bad = 'José;jose@example.com;2;Blue Harbour;es'
const ragged = 'Too;few'

async function imported(bytes: Buffer) {
  const { body } = await all.platform.send('POST', '/v1/imports?options=%7B%22sendEmails%22%3Afalse%7D', {
    body: new Uint8Array(bytes),
    headers: { 'Content-Type': 'text/csv' },
  })
  await untilStatus(all.platform, body.id, 'completed')
  return (await all.platform.get(`/v1/imports/${body.id}`)).body
}

async function errorsFile(id: string) {
  const response = await world.app.request(`/v1/imports/${id}/errors.csv`, {
    headers: { Authorization: `Bearer ${await world.key()}` },
  })
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers, status: response.status }
}

describe('FORMATS: the errors file', () => {
  test.each(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const)(
    'the errors file has a reason column and keeps the columns, the delimiter and the encoding: %s',
    async (encoding) => {
      const text = [header, good, bad, ragged, ''].join('\n')
      const { id } = await imported(Buffer.concat([markOf(encoding), encodeText(text, encoding)]))
      const { bytes, headers } = await errorsFile(id)
      expect(headers.get('Content-Disposition')).toMatch(/filename="import-errors-\d{4}-.*Z\.csv"/)
      const expected = [
        `errors of import ${id};${header}`,
        `enabled: Expected 1 (enabled) or 0 (created disabled).;${bad}`,
        expect.any(String),
      ]
      const decoded = new TextDecoder(encoding).decode(bytes).split('\r\n')
      expect(decoded.slice(0, 3)).toEqual(expected)
      expect(decoded[2]).toMatch(/;Too;few$/)
      expect(decoded).toHaveLength(4)
    },
  )

  test('a corrected errors file can be imported, its reasons are ignored, and the new import names its parent', async () => {
    const first = await imported(Buffer.from([header, good, bad].join('\n')))
    expect(first).toMatchObject({ parent: null, counts: { invalid: 1 } })
    const corrected = (await errorsFile(first.id)).bytes.toString().replace(';2;Blue', ';1;Blue')
    const second = await imported(Buffer.from(corrected))
    expect(second).toMatchObject({ parent: first.id, counts: { records: 1, valid: 1, invalid: 0, created: 1 } })
  })

  test('the errors file of a corrected file replaces the old reasons with the new ones', async () => {
    const first = await imported(Buffer.from([header, bad].join('\n')))
    const worse = (await errorsFile(first.id)).bytes.toString().replace(';2;Blue', ';3;Blue')
    const second = await imported(Buffer.from(worse))
    const [head, row] = (await errorsFile(second.id)).bytes.toString().split('\r\n')
    expect(head?.replace('\ufeff', '')).toBe(`errors of import ${second.id};${header}`)
    expect(row).toBe(`enabled: Expected 1 (enabled) or 0 (created disabled).;${bad.replace(';2;', ';3;')}`)
  })

  test('the errors file is not found with the key of another company', async () => {
    const first = await imported(Buffer.from([header, bad].join('\n')))
    expect((await all.red.client.get(`/v1/imports/${first.id}/errors.csv`)).status).toBe(404)
  })
})
