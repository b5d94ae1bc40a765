import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

const SPRING = { startsAt: '2026-03-01T00:00:00.000Z', endsAt: '2026-06-01T00:00:00.000Z' }
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

const sets = [
  ['collections', 'collection', {}],
  ['campaigns', 'campaign', SPRING],
] as const

describe.each(sets)('%s', (path, one, rest) => {
  const fresh = (name: string, courses: string[]) => all.made(path, { name, courses, ...rest })

  test('a change without courses keeps them, and a change with courses replaces them', async () => {
    const { course } = all.blue
    const id = await fresh(`Courses of a ${one}`, [course, course.toUpperCase()])
    expect((await platform.get(`/v1/${path}/${id}`)).body.courses).toEqual([course])
    const renamed = await platform.patch(`/v1/${path}/${id}`, { name: `Courses of another ${one}` })
    expect(renamed.body).toEqual({ id, name: `Courses of another ${one}`, courses: [course], ...rest })
    const other = await platform.patch(`/v1/${path}/${id}`, { courses: [all.red.course] })
    expect(other.body.courses).toEqual([all.red.course])
    expect((await platform.patch(`/v1/${path}/${id}`, { courses: [] })).body.courses).toEqual([])
    expect((await platform.patch(`/v1/${path}/${id}`, {})).status).toBe(200)
  })

  test('unknown courses are rejected by name, and nothing is written', async () => {
    const another = NOTHING.replace('0197', '0198')
    const refused = {
      status: 422,
      body: {
        code: 'invalid-request',
        errors: [
          { path: 'courses', message: `there is no course ${NOTHING}` },
          { path: 'courses', message: `there is no course ${another}` },
        ],
      },
    }
    const courses = [NOTHING, all.blue.course, another]
    expect(await platform.post(`/v1/${path}`, { name: 'Nowhere', courses, ...rest })).toMatchObject(refused)
    expect((await platform.get(`/v1/${path}?name=Nowhere`)).body.items).toEqual([])
    const id = await fresh(`Half a ${one}`, [all.blue.course])
    expect(await platform.patch(`/v1/${path}/${id}`, { name: 'Half done', courses })).toMatchObject(refused)
    expect((await platform.get(`/v1/${path}/${id}`)).body).toMatchObject({ name: `Half a ${one}` })
  })

  test('a limited key sees only the courses of its companies in a set, and cannot manage the set', async () => {
    const id = await fresh(`Both in a ${one}`, [all.blue.course, all.red.course])
    const { client, course } = all.blue
    expect((await client.get(`/v1/${path}/${id}`)).body.courses).toEqual([course])
    const listed = (await client.get(`/v1/${path}?name=${encodeURIComponent(`Both in a ${one}`)}`)).body.items
    expect(listed).toMatchObject([{ id, courses: [course] }])
    expect((await platform.get(`/v1/${path}/${id}`)).body.courses).toHaveLength(2)
    const forbidden = { status: 403, body: { code: 'platform-key-required' } }
    expect(await client.post(`/v1/${path}`, { name: 'Mine', ...rest })).toMatchObject(forbidden)
    expect(await client.patch(`/v1/${path}/${id}`, { name: 'Mine' })).toMatchObject(forbidden)
    expect(await client.delete(`/v1/${path}/${id}`)).toMatchObject(forbidden)
    expect((await platform.get(`/v1/${path}/${id}`)).body.name).toBe(`Both in a ${one}`)
  })

  test('a deleted course leaves its sets, and the other courses stay', async () => {
    const passing = await all.made('courses', { title: `Passing through a ${one}` })
    const id = await fresh(`Losing ${one}`, [passing, all.blue.course])
    expect((await platform.delete(`/v1/courses/${passing}`)).status).toBe(204)
    expect((await platform.get(`/v1/${path}/${id}`)).body.courses).toEqual([all.blue.course])
  })

  test('deleting a set deletes neither courses nor enrolments', async () => {
    const id = await fresh(`Going ${one}`, [all.blue.course])
    expect((await platform.delete(`/v1/${path}/${id}`)).status).toBe(204)
    expect((await platform.get(`/v1/courses/${all.blue.course}`)).status).toBe(200)
    expect((await platform.get(`/v1/users/${all.blue.user}`)).body.courses).toEqual([all.blue.course])
  })

  test('an unknown set is not found', async () => {
    for (const id of [NOTHING, 'nothing']) {
      expect((await platform.get(`/v1/${path}/${id}`)).status).toBe(404)
      expect((await platform.patch(`/v1/${path}/${id}`, { name: 'New' })).status).toBe(404)
      expect((await platform.delete(`/v1/${path}/${id}`)).status).toBe(404)
    }
  })
})

describe('a campaign', () => {
  test('a campaign accepts times of any zone and returns them in UTC', async () => {
    const times = { startsAt: '2026-03-01T01:00:00+01:00', endsAt: '2026-05-31T20:00:00.000-04:00' }
    const made = await platform.post('/v1/campaigns', { name: 'Zones', ...times })
    expect(made).toMatchObject({ status: 201, body: SPRING })
    const found = await platform.get(`/v1/campaigns?name=Zones&startsAt=${encodeURIComponent(times.startsAt)}`)
    expect(found.body.items).toEqual([made.body])
    expect((await platform.get(`/v1/campaigns?name=Zones&endsAt=${SPRING.startsAt}`)).body.items).toEqual([])
  })

  test.each([
    ['no times', {}, ['startsAt', 'endsAt']],
    ['times without a zone', { startsAt: '2026-03-01T00:00:00', endsAt: '2026-06-01' }, ['startsAt', 'endsAt']],
    ['a day that does not exist', { ...SPRING, startsAt: '2026-02-30T00:00:00Z' }, ['startsAt']],
    ['an end before the start', { startsAt: SPRING.endsAt, endsAt: SPRING.startsAt }, ['endsAt']],
    ['an end at the start', { startsAt: SPRING.endsAt, endsAt: SPRING.endsAt }, ['endsAt']],
  ])('a campaign is not created with %s', async (_, times, paths) => {
    const answer = await platform.post('/v1/campaigns', { name: 'Never', ...times })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
  })

  test('a campaign ends after its start, even when a change names only one of the two', async () => {
    const id = await all.made('campaigns', { name: 'Moving', ...SPRING })
    const late = { startsAt: '2026-07-01T00:00:00Z' }
    const refused = { status: 422, body: { errors: [{ path: 'endsAt', message: 'expected a time after startsAt' }] } }
    expect(await platform.patch(`/v1/campaigns/${id}`, late)).toMatchObject(refused)
    expect(await platform.patch(`/v1/campaigns/${id}`, { endsAt: '2026-01-01T00:00:00Z' })).toMatchObject(refused)
    expect((await platform.get(`/v1/campaigns/${id}`)).body).toMatchObject(SPRING)
    const both = await platform.patch(`/v1/campaigns/${id}`, { ...late, endsAt: '2026-08-01T00:00:00Z' })
    expect(both.body).toMatchObject({ startsAt: '2026-07-01T00:00:00.000Z', endsAt: '2026-08-01T00:00:00.000Z' })
  })
})
