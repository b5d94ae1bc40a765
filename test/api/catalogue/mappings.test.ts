import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMappings, headerKey } from '../../../db/catalogue/mappings.ts'
import { reasonHeader } from '../../../domain/imports/repair.ts'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

const NOTHING = '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'
const headers = ['Adresse', 'Vorname', 'Nachname', 'Standort', 'Kurs']
const mapping = { email: 'Adresse', firstName: 'Vorname', 'title 1': 'Kurs', 'custom.site': 'Standort' }

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let platform: ReturnType<World['as']>
let entry: { company: string; template: string; headers: string[]; mapping: Record<string, string> }

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  platform = all.platform
  await all.made('custom-fields', { key: 'site', label: 'Site', type: 'text' })
  entry = { company: all.blue.company, template: 'none', headers, mapping }
})
afterAll(() => world.close())

describe('a saved mapping', () => {
  test('a mapping can be saved, read, found by company and template, and deleted', async () => {
    const made = await platform.post('/v1/mappings', entry)
    expect(made).toMatchObject({ status: 201, body: { ...entry, createdBy: 'test' } })
    expect(made.body.updatedAt).toBe(made.body.createdAt)
    const self = `/v1/mappings/${made.body.id}`
    expect(made.headers.get('Location')).toBe(self)
    expect((await platform.get(self)).body).toEqual(made.body)
    const found = async (query: string) => (await platform.get(`/v1/mappings?${query}`)).body
    expect(await found(`company=${all.blue.company}`)).toEqual({ items: [made.body], next: null })
    expect((await found('template=none')).items).toEqual([made.body])
    expect((await found('template=invitation')).items).toEqual([])
    expect((await found(`company=${all.red.company}`)).items).toEqual([])
    expect((await platform.delete(self)).status).toBe(204)
    expect((await platform.get(self)).status).toBe(404)
    expect((await platform.delete(self)).status).toBe(404)
  })

  test('a mapping replaces the one for the same headers, in any order and with or without a reason column', async () => {
    const first = await platform.post('/v1/mappings', entry)
    const again = [reasonHeader(NOTHING), ...headers.toReversed()]
    const fewer = { email: 'Adresse', firstName: 'Vorname' }
    const second = await platform.post('/v1/mappings', { ...entry, headers: again, mapping: fewer })
    expect(second).toMatchObject({
      status: 201,
      body: { id: first.body.id, headers: headers.toReversed(), mapping: fewer, createdAt: first.body.createdAt },
    })
    expect(Date.parse(second.body.updatedAt)).toBeGreaterThan(Date.parse(first.body.updatedAt))
    const other = await platform.post('/v1/mappings', { ...entry, headers: [...headers, 'Abteilung'] })
    expect(other.body.id).not.toBe(first.body.id)
    for (const { body } of [first, other]) await platform.delete(`/v1/mappings/${body.id}`)
  })

  test('a mapping must name existing fields, headers and custom fields once each, and every required field', async () => {
    const twice = [...headers, 'Kurs']
    const wrong = {
      ...mapping,
      'custom.desk': 'Standort',
      colour: 'Nachname',
      lastName: 'Familienname',
      email: 'Vorname',
    }
    const { firstName: _, ...unnamed } = wrong
    const answer = await platform.post('/v1/mappings', { ...entry, headers: twice, mapping: unnamed })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-mapping' } })
    expect(answer.body.mapping.map(({ field, reason }: { field: string; reason: string }) => [field, reason])).toEqual([
      ['title 1', 'header-stands-twice'],
      ['custom.desk', 'unknown-field'],
      ['colour', 'unknown-field'],
      ['lastName', 'unknown-header'],
      ['firstName', 'missing-field'],
    ])
  })

  test.each([
    ['nothing', {}, ['company', 'template', 'headers', 'mapping']],
    ['no headers', { headers: [] }, ['headers']],
    ['more headers than a file may have', { headers: Array.from({ length: 501 }, (_, n) => `H${n}`) }, ['headers']],
    ['headers that cannot be stored', { headers: ['a\0', 'b'] }, ['headers.0']],
    ['headers that are no texts', { mapping: { email: 1 } }, ['mapping.email']],
    ['a company that does not exist', { company: NOTHING }, ['company']],
  ])('a mapping is not saved with %s', async (what, wrong, paths) => {
    const answer = await platform.post('/v1/mappings', what === 'nothing' ? {} : { ...entry, ...wrong })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
  })

  test('a mapping for a template with fixed headers is rejected', async () => {
    const kept = (template: string) => platform.post('/v1/mappings', { ...entry, template })
    for (const template of ['onboarding', 'team']) {
      expect(await kept(template)).toMatchObject({ status: 422, body: { code: 'mapping-not-supported' } })
    }
    expect(await kept('nonsense')).toMatchObject({ status: 422, body: { code: 'unknown-template' } })
  })

  test('only keys of the company see and delete a mapping', async () => {
    const { client } = all.blue
    const mine = await client.post('/v1/mappings', entry)
    const theirs = await all.red.client.post('/v1/mappings', { ...entry, company: all.red.company })
    expect([mine.status, theirs.status]).toEqual([201, 201])
    const notMine = await client.post('/v1/mappings', { ...entry, company: all.red.company })
    expect(notMine).toMatchObject({ status: 422, body: { errors: [{ path: 'company' }] } })
    expect((await client.get('/v1/mappings')).body.items).toEqual([mine.body])
    expect((await client.get(`/v1/mappings/${theirs.body.id}`)).status).toBe(404)
    expect((await client.delete(`/v1/mappings/${theirs.body.id}`)).status).toBe(404)
    expect((await platform.get('/v1/mappings')).body.items).toHaveLength(2)
    const first = (await platform.get('/v1/mappings?limit=1')).body
    const second = (await platform.get(`/v1/mappings?limit=1&cursor=${first.next}`)).body
    expect([...first.items, ...second.items]).toEqual([mine.body, theirs.body])
    for (const { body } of [mine, theirs]) expect((await platform.delete(`/v1/mappings/${body.id}`)).status).toBe(204)
  })

  test('a mapping is found for a file with the same headers, newest first and within the scope', async () => {
    const blue = await all.made('mappings', entry)
    const red = await all.made('mappings', { ...entry, company: all.red.company })
    // The template requires a company, but a mapping that is saved for a company needs no column for it.
    const invited = await all.made('mappings', {
      ...entry,
      template: 'invitation',
      mapping: { email: 'Adresse', firstName: 'Vorname', lastName: 'Nachname' },
    })
    await all.made('mappings', entry)
    const found = async (
      scope: string[] | null,
      template: string | null,
      of = headers,
      company: string | null = null,
    ) => (await findMappings(world.db, scope, template, of, company)).map(({ id }) => id)
    expect(await found(null, null)).toEqual([blue, invited, red])
    expect(await found(null, 'none', [reasonHeader(NOTHING), ...headers])).toEqual([blue, red])
    expect(await found([all.red.company], null)).toEqual([red])
    expect(await found(null, null, headers, all.blue.company)).toEqual([blue, invited])
    expect(await found(null, null, headers.slice(1))).toEqual([])
  })
})

describe('the key of headers', () => {
  test('the key of headers has 32 bytes and differs for headers that are split differently', () => {
    expect(headerKey(headers)).toHaveLength(32)
    const different = [['a', 'b'], ['a,b'], ['a","b'], ['ab'], ['a', 'b', ''], ['A', 'b'], ['a', 'a', 'b']]
    expect(new Set(different.map((one) => headerKey(one).toString('hex'))).size).toBe(different.length)
  })
})
