import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let platform: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  platform = all.platform
})
afterAll(() => world.close())

const SITE = { key: 'site', label: 'Site', type: 'choice', choices: ['North', 'South'] }

const give = (values: object) =>
  world.db
    .updateTable('users')
    .set({ custom: JSON.stringify(values) })
    .where('id', '=', all.blue.user)
    .execute()

describe('a custom field', () => {
  test('a custom field can be created, read, found by key and by type, changed and deleted', async () => {
    const made = await platform.post('/v1/custom-fields', SITE)
    expect(made).toMatchObject({ status: 201, body: SITE })
    const self = `/v1/custom-fields/${made.body.id}`
    expect(made.headers.get('Location')).toBe(self)
    const text = await platform.post('/v1/custom-fields', { key: 'costCentre', label: 'Cost centre', type: 'text' })
    expect(text.body).toEqual({ id: text.body.id, key: 'costCentre', label: 'Cost centre', type: 'text', choices: [] })
    expect((await platform.get('/v1/custom-fields?key=site')).body).toEqual({ items: [made.body], next: null })
    expect((await platform.get('/v1/custom-fields?type=text')).body.items).toEqual([text.body])
    expect((await platform.get('/v1/custom-fields?label=Nothing')).body.items).toEqual([])
    const change = { label: 'Works', choices: ['South', 'East', 'North'] }
    expect((await platform.patch(self, change)).body).toEqual({ ...made.body, ...change })
    expect((await platform.delete(self)).status).toBe(204)
    expect((await platform.get(self)).status).toBe(404)
  })

  test.each([
    ['nothing', {}, ['key', 'label', 'type']],
    ['a key that a mapping could not name', { ...SITE, key: 'Site 1' }, ['key']],
    ['a key that is too long', { ...SITE, key: `k${'x'.repeat(63)}` }, ['key']],
    ['a type that there is not', { ...SITE, type: 'colour' }, ['type']],
    ['a choice without choices', { ...SITE, choices: [] }, ['choices']],
    ['choices of a text', { ...SITE, type: 'text' }, ['choices']],
    ['choices that differ in case only', { ...SITE, choices: ['North', 'South', 'NORTH'] }, ['choices.2']],
    ['an empty choice', { ...SITE, choices: ['North', ' '] }, ['choices.1']],
    ['201 choices', { ...SITE, choices: Array.from({ length: 201 }, (_, n) => `Choice ${n}`) }, ['choices']],
    ['a wrong key and no choice', { ...SITE, key: '1', choices: [] }, ['key', 'choices']],
  ])('a custom field is not created from %s, and every error is named', async (_, body, paths) => {
    const answer = await platform.post('/v1/custom-fields', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
  })

  test('a custom field keeps its key, its type and at least one choice', async () => {
    const id = await all.made('custom-fields', { ...SITE, key: 'kept' })
    const textId = await all.made('custom-fields', { key: 'plain', label: 'Plain', type: 'text' })
    const wrong = { status: 422, body: { code: 'invalid-request', errors: [expect.anything()] } }
    expect(await platform.patch(`/v1/custom-fields/${id}`, { key: 'other' })).toMatchObject(wrong)
    expect(await platform.patch(`/v1/custom-fields/${id}`, { type: 'text' })).toMatchObject(wrong)
    expect(await platform.patch(`/v1/custom-fields/${id}`, { choices: [] })).toMatchObject(wrong)
    expect(await platform.patch(`/v1/custom-fields/${textId}`, { choices: ['One'] })).toMatchObject(wrong)
    expect((await platform.get(`/v1/custom-fields/${id}`)).body).toEqual({ ...SITE, id, key: 'kept' })
  })

  test('a custom field with values is not deleted, and a choice in use is not removed', async () => {
    const id = await all.made('custom-fields', { ...SITE, key: 'shift', choices: ['Day', 'Night', 'Both'] })
    await give({ shift: 'Night' })
    const inUse = { status: 409, body: { code: 'in-use' } }
    expect(await platform.delete(`/v1/custom-fields/${id}`)).toMatchObject(inUse)
    const fewer = await platform.patch(`/v1/custom-fields/${id}`, { label: 'Shifts', choices: ['Day'] })
    expect(fewer).toMatchObject({ status: 409, body: { code: 'in-use', choices: ['Night'] } })
    expect((await platform.get(`/v1/custom-fields/${id}`)).body.label).toBe('Site')
    expect((await platform.patch(`/v1/custom-fields/${id}`, { choices: ['Night'] })).status).toBe(200)
    await give({})
    expect((await platform.delete(`/v1/custom-fields/${id}`)).status).toBe(204)
  })

  test('a custom field with a value in an invitation is not deleted', async () => {
    const id = await all.made('custom-fields', { key: 'badge', label: 'Badge', type: 'number' })
    const person = { email: 'iva@example.com', email_key: 'iva@example.com', first_name: 'Iva', language: 'en' }
    const { id: invited } = await world.db
      .insertInto('invitations')
      .values({ ...person, enabled: true, custom: '{"badge": 7}' })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect((await platform.delete(`/v1/custom-fields/${id}`)).status).toBe(409)
    await world.db.deleteFrom('invitations').where('id', '=', invited).execute()
    expect((await platform.delete(`/v1/custom-fields/${id}`)).status).toBe(204)
  })

  test('a deleted custom field leaves saved mappings, and cannot be deleted while an import has a column for it', async () => {
    const id = await all.made('custom-fields', { key: 'desk', label: 'Desk', type: 'text' })
    const headers = ['E-mail', 'Name', 'Desk']
    const mapping = { email: 'E-mail', firstName: 'Name', 'custom.desk': 'Desk' }
    const saved = await all.made('mappings', { company: all.blue.company, template: 'none', headers, mapping })
    const { id: fileId } = await world.db
      .insertInto('files')
      .values({ name: 'people.csv' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { id: importId } = await world.db
      .insertInto('imports')
      .values({
        file_id: fileId,
        template: 'none',
        options: '{}',
        mapping: JSON.stringify(mapping),
        started_by: 'test',
        fingerprint: Buffer.alloc(32),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect((await platform.delete(`/v1/custom-fields/${id}`)).status).toBe(409)
    await world.db.updateTable('imports').set({ finished_at: new Date() }).where('id', '=', importId).execute()
    expect((await platform.delete(`/v1/custom-fields/${id}`)).status).toBe(204)
    const left = (await platform.get(`/v1/mappings/${saved}`)).body.mapping
    expect(left).toEqual({ email: 'E-mail', firstName: 'Name' })
  })

  test('every key reads custom fields, and platform-wide keys manage them', async () => {
    const id = await all.made('custom-fields', { key: 'seen', label: 'Seen', type: 'date' })
    const forbidden = { status: 403, body: { code: 'platform-key-required' } }
    const { client } = all.blue
    expect((await client.get(`/v1/custom-fields/${id}`)).body.key).toBe('seen')
    expect((await client.get('/v1/custom-fields?key=seen')).body.items).toHaveLength(1)
    expect(await client.post('/v1/custom-fields', { ...SITE, key: 'mine' })).toMatchObject(forbidden)
    expect(await client.patch(`/v1/custom-fields/${id}`, { label: 'Mine' })).toMatchObject(forbidden)
    expect(await client.delete(`/v1/custom-fields/${id}`)).toMatchObject(forbidden)
  })

  test('custom fields are listed page by page', async () => {
    for (let n = 0; n < 3; n++) await all.made('custom-fields', { key: `page${n}`, label: 'Page', type: 'text' })
    const first = (await platform.get('/v1/custom-fields?label=Page&limit=2')).body
    const second = (await platform.get(`/v1/custom-fields?label=Page&limit=2&cursor=${first.next}`)).body
    const keys = [...first.items, ...second.items].map((item: { key: string }) => item.key)
    expect(keys).toEqual(['page0', 'page1', 'page2'])
    expect(second.next).toBeNull()
  })
})
