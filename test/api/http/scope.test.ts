import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
})
afterAll(() => world.close())

const CSV = 'enabled,name,email,companyName,languageCode\n1,Ada,ada@example.com,Blue Harbour,en-GB\n'
const resources = [
  ['companies', 'company', { name: 'Mine now' }],
  ['courses', 'course', { title: 'Mine now' }],
  ['cohorts', 'cohort', { name: 'Mine now' }],
  ['users', 'user', { firstName: 'Mine now' }],
] as const

describe('a key that is limited to a company', () => {
  test.each(resources)('a limited key sees its own %s and no others', async (path, kind) => {
    const { items } = (await all.blue.client.get(`/v1/${path}`)).body
    expect(items.map((item: { id: string }) => item.id)).toEqual([all.blue[kind]])
    expect((await all.blue.client.get(`/v1/${path}/${all.blue[kind]}`)).status).toBe(200)
    expect((await all.platform.get(`/v1/${path}`)).body.items).toHaveLength(2)
  })

  test.each(resources)(
    'a limited key gets 404 when it reads, changes or deletes %s of another company',
    async (path, kind, change) => {
      const theirs = `/v1/${path}/${all.red[kind]}`
      const nothing = { status: 404, body: { code: 'not-found' } }
      const none = await all.blue.client.get(`/v1/${path}/0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e`)
      const read = await all.blue.client.get(theirs)
      expect(read).toMatchObject(nothing)
      expect({ ...read.body, requestId: '' }).toEqual({ ...none.body, requestId: '' })
      expect(await all.blue.client.patch(theirs, change)).toMatchObject(nothing)
      if (path !== 'users') expect(await all.blue.client.delete(theirs)).toMatchObject(nothing)
      expect((await all.platform.get(theirs)).status).toBe(200)
    },
  )

  test('a limited key finds no user of another company by address, company, cohort or course', async () => {
    for (const filter of [
      `email=${all.red.email}`,
      `company=${all.red.company}`,
      `cohort=${all.red.cohort}`,
      `course=${all.red.course}`,
    ]) {
      expect((await all.blue.client.get(`/v1/users?${filter}`)).body.items, filter).toEqual([])
      expect((await all.platform.get(`/v1/users?${filter}`)).body.items, filter).toHaveLength(1)
    }
    expect((await all.blue.client.get(`/v1/courses?company=${all.red.company}`)).body.items).toEqual([])
    expect((await all.blue.client.get(`/v1/cohorts?company=${all.red.company}`)).body.items).toEqual([])
  })

  test('a limited key does not see which other companies may use a course', async () => {
    const shared = await all.made('courses', { title: 'Shared', companies: [all.blue.company, all.red.company] })
    expect((await all.blue.client.get(`/v1/courses/${shared}`)).body.companies).toEqual([all.blue.company])
    expect((await all.platform.get(`/v1/courses/${shared}`)).body.companies).toHaveLength(2)
    await all.platform.delete(`/v1/courses/${shared}`)
  })

  test('a limited key cannot put a user or a cohort into another company, nor a user into its cohort or course', async () => {
    const person = { email: 'new@example.com', firstName: 'New', language: 'en', company: all.blue.company }
    for (const change of [{ company: all.red.company }, { cohort: all.red.cohort }, { courses: [all.red.course] }]) {
      const [path] = Object.keys(change)
      for (const answer of [
        await all.blue.client.post('/v1/users', { ...person, ...change }),
        await all.blue.client.patch(`/v1/users/${all.blue.user}`, change),
      ]) {
        expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
        expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path)
      }
    }
    const cohort = await all.blue.client.post('/v1/cohorts', { name: 'Autumn', company: all.red.company })
    expect(cohort).toMatchObject({ status: 422, body: { errors: [{ path: 'company' }] } })
  })

  test('a limited key manages its cohorts and users, and only reads what belongs to the platform', async () => {
    const { client, company, course } = all.blue
    const cohort = await client.post('/v1/cohorts', { name: 'Autumn', company })
    expect(cohort.status).toBe(201)
    expect((await client.delete(`/v1/cohorts/${cohort.body.id}`)).status).toBe(204)
    const forbidden = { status: 403, body: { code: 'platform-key-required' } }
    const group = await all.made('groups', { name: 'Night shift' })
    expect((await client.get(`/v1/groups/${group}`)).status).toBe(200)
    expect(await client.post('/v1/companies', { name: 'Mine' })).toMatchObject(forbidden)
    expect(await client.patch(`/v1/companies/${company}`, { name: 'Mine' })).toMatchObject(forbidden)
    expect(await client.post('/v1/courses', { title: 'Mine', companies: [company] })).toMatchObject(forbidden)
    expect(await client.patch(`/v1/courses/${course}`, { companies: [] })).toMatchObject(forbidden)
    expect(await client.delete(`/v1/courses/${course}`)).toMatchObject(forbidden)
    expect(await client.post('/v1/groups', { name: 'Mine' })).toMatchObject(forbidden)
    expect(await client.delete(`/v1/groups/${group}`)).toMatchObject(forbidden)
    expect(await client.get('/v1/api-keys')).toMatchObject(forbidden)
    expect(await client.post('/v1/api-keys', { name: 'More' })).toMatchObject(forbidden)
  })
})

describe('imports', () => {
  const below = ['', '/rows', '/events', '/result.json', '/result.csv']
  const decisions = ['confirm', 'resume', 'cancel']

  test('an import of a limited key has its scope and is visible to that key and to platform-wide keys', async () => {
    const mine = (await all.blue.client.upload(CSV)).body.id
    const theirs = (await all.red.client.upload(CSV)).body.id
    const whole = (await all.platform.upload(CSV)).body.id
    const stored = await world.db.selectFrom('imports').select('scope').where('id', '=', mine).executeTakeFirst()
    expect(stored?.scope).toEqual([all.blue.company])
    const ids = async (client: typeof all.platform) =>
      (await client.get('/v1/imports')).body.items.map((item: { id: string }) => item.id)
    expect(await ids(all.blue.client)).toEqual([mine])
    expect(await ids(all.platform)).toEqual([whole, theirs, mine])
    for (const id of [theirs, whole]) {
      for (const path of below) {
        expect((await all.blue.client.get(`/v1/imports/${id}${path}`)).status, path).toBe(404)
      }
      for (const decision of decisions) {
        expect((await all.blue.client.post(`/v1/imports/${id}/${decision}`)).status, decision).toBe(404)
      }
    }
  })

  test('an import of one company is visible to a key for that company and another', async () => {
    const both = world.as(await world.key([all.blue.company, all.red.company]))
    const mine = (await all.blue.client.upload(CSV)).body.id
    const shared = (await both.upload(CSV)).body.id
    expect((await both.get(`/v1/imports/${mine}`)).status).toBe(200)
    expect((await all.blue.client.get(`/v1/imports/${shared}`)).status).toBe(404)
  })
})
