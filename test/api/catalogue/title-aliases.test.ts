import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { upsertAlias } from '../../../db/catalogue/title-aliases.ts'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

const NOTHING = '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let platform: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  platform = all.platform
})
afterAll(() => world.close())

describe('a title alias', () => {
  test('a title alias can be saved, read, found by company, course and title, and deleted', async () => {
    const { company, course } = all.blue
    const made = await platform.post('/v1/title-aliases', { company, title: ' Saftey – Level 1 ', course })
    expect(made).toMatchObject({
      status: 201,
      body: { company, title: 'Saftey – Level 1', course, import: null, createdBy: 'test' },
    })
    expect(Date.parse(made.body.createdAt)).toBeGreaterThan(0)
    const self = `/v1/title-aliases/${made.body.id}`
    expect(made.headers.get('Location')).toBe(self)
    expect((await platform.get(self)).body).toEqual(made.body)
    const found = async (query: string) => (await platform.get(`/v1/title-aliases?${query}`)).body.items
    for (const query of [`company=${company}`, `course=${course}`, 'title=SAFTEY - level 1']) {
      expect(await found(encodeURI(query)), query).toEqual([made.body])
    }
    expect(await found(`company=${all.red.company}`)).toEqual([])
    expect(await found(`import=${NOTHING}`)).toEqual([])
    expect((await platform.delete(self)).status).toBe(204)
    expect((await platform.get(self)).status).toBe(404)
    expect((await platform.delete(self)).status).toBe(404)
  })

  test('a title alias in any spelling replaces the course of the earlier alias', async () => {
    const { company, course } = all.blue
    const other = await all.made('courses', { title: 'First Aid', companies: [company] })
    const before = await platform.post('/v1/title-aliases', { company, title: 'Erste Hilfe – Kurs', course })
    const after = await platform.post('/v1/title-aliases', { company, title: 'ERSTE HILFE - KURS', course: other })
    expect(after).toMatchObject({
      status: 201,
      body: { id: before.body.id, title: 'ERSTE HILFE - KURS', course: other },
    })
    expect((await platform.get(`/v1/title-aliases?company=${company}`)).body.items).toEqual([after.body])
    await platform.delete(`/v1/title-aliases/${before.body.id}`)
  })

  test('a title alias for one import exists next to the company’s own alias', async () => {
    const { company, course } = all.blue
    const alias = { companyId: company, title: 'Once', courseId: course, createdBy: 'test' }
    const always = await upsertAlias(world.db, { ...alias, importId: null })
    const once = await upsertAlias(world.db, { ...alias, importId: NOTHING })
    expect(once).toMatchObject({ replaced: false })
    expect(await upsertAlias(world.db, { ...alias, importId: NOTHING })).toEqual({ id: once.id, replaced: true })
    expect((await platform.get('/v1/title-aliases?title=once')).body.items).toHaveLength(2)
    const { items } = (await platform.get(`/v1/title-aliases?import=${NOTHING}`)).body
    expect(items).toMatchObject([{ id: once.id, import: NOTHING }])
    for (const { id } of [always, once]) await platform.delete(`/v1/title-aliases/${id}`)
  })

  test.each([
    ['nothing', () => ({}), ['company', 'title', 'course']],
    ['an empty title', () => ({ title: '  ' }), ['title']],
    ['what cannot be stored', () => ({ title: 'a\0b' }), ['title']],
    ['a title that no course could have', () => ({ title: 'x'.repeat(256) }), ['title']],
    ['a company that does not exist', () => ({ company: NOTHING }), ['company']],
    ['a course that does not exist', () => ({ course: NOTHING }), ['course']],
    ['a course that the company may not use', () => ({ course: all.red.course }), ['course']],
    ['what is no id', () => ({ company: 'Blue Harbour', course: 'Safety' }), ['company', 'course']],
  ])('a title alias is not saved with %s', async (what, wrong, paths) => {
    const { company, course } = all.blue
    const right = what === 'nothing' ? {} : { company, title: 'Never', course }
    const answer = await platform.post('/v1/title-aliases', { ...right, ...wrong() })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
  })

  test('only keys of the company see and delete a title alias', async () => {
    const teach = (client: typeof platform, { company, course }: { company: string; course: string }) =>
      client.post('/v1/title-aliases', { company, title: 'Ours', course })
    const mine = await teach(all.blue.client, all.blue)
    const theirs = await teach(all.red.client, all.red)
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(await teach(all.blue.client, all.red)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'company' }] },
    })
    expect((await all.blue.client.get('/v1/title-aliases')).body.items).toEqual([mine.body])
    expect((await all.blue.client.get(`/v1/title-aliases?company=${all.red.company}`)).body.items).toEqual([])
    expect((await all.blue.client.get(`/v1/title-aliases/${theirs.body.id}`)).status).toBe(404)
    expect((await all.blue.client.delete(`/v1/title-aliases/${theirs.body.id}`)).status).toBe(404)
    expect((await platform.get('/v1/title-aliases')).body.items).toHaveLength(2)
    expect((await all.blue.client.delete(`/v1/title-aliases/${mine.body.id}`)).status).toBe(204)
    expect((await all.red.client.delete(`/v1/title-aliases/${theirs.body.id}`)).status).toBe(204)
  })

  test('a title alias is deleted with its course and with its company', async () => {
    const company = await all.made('companies', { name: 'Passing' })
    const course = await all.made('courses', { title: 'Passing', companies: [company] })
    const other = await all.made('courses', { title: 'Staying', companies: [company] })
    const first = await all.made('title-aliases', { company, title: 'One', course })
    const second = await all.made('title-aliases', { company, title: 'Two', course: other })
    expect((await platform.delete(`/v1/courses/${course}`)).status).toBe(204)
    expect((await platform.get(`/v1/title-aliases/${first}`)).status).toBe(404)
    expect((await platform.delete(`/v1/companies/${company}`)).status).toBe(204)
    expect((await platform.get(`/v1/title-aliases/${second}`)).status).toBe(404)
  })

  test('title aliases are listed page by page', async () => {
    const { company, course } = all.blue
    const made = []
    for (let n = 0; n < 3; n++) made.push(await all.made('title-aliases', { company, title: `Page ${n}`, course }))
    const first = (await platform.get('/v1/title-aliases?limit=2')).body
    const second = (await platform.get(`/v1/title-aliases?limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...second.items].map((item: { id: string }) => item.id)).toEqual(made)
    expect(second.next).toBeNull()
    expect((await platform.get('/v1/title-aliases?cursor=x')).status).toBe(422)
  })
})
