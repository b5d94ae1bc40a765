import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twoCompanies } from './catalogue.ts'
import { apiWorld, type World } from './world.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let platform: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  platform = all.platform
})
afterAll(() => world.close())

const person = (more: object = {}) => ({
  email: 'zoe@example.com',
  firstName: 'Zoë',
  company: all.blue.company,
  language: 'hu-hu',
  ...more,
})

describe('a user', () => {
  test('is created by the rules of a row, shown whole, and written to by nobody', async () => {
    const group = await all.made('groups', { name: 'Night shift' })
    const made = await platform.post(
      '/v1/users',
      person({
        email: ' Zoë@Example.COM '.replace('ë', 'e'),
        lastName: '',
        jobRole: ' Welder ',
        groups: [group, group],
        courses: [all.blue.course],
      }),
    )
    expect(made).toMatchObject({ status: 201 })
    expect(made.body).toEqual({
      id: made.body.id,
      email: 'Zoe@Example.COM',
      firstName: 'Zoë',
      lastName: null,
      company: all.blue.company,
      cohort: null,
      groups: [group],
      language: 'hu-HU',
      jobRole: 'Welder',
      region: null,
      description: null,
      label: null,
      permissionSet: null,
      custom: {},
      enabled: true,
      status: 'pending',
      courses: [all.blue.course],
    })
    expect((await platform.get(`/v1/users/${made.body.id}`)).body).toEqual(made.body)
    expect(await world.db.selectFrom('outbox').selectAll().execute()).toEqual([])
  })

  test('is one per address, however it is written, and found by it', async () => {
    const again = await platform.post('/v1/users', person({ email: 'ZOE@example.com' }))
    expect(again).toMatchObject({ status: 409, body: { code: 'already-exists' } })
    const found = await platform.get(`/v1/users?email=${encodeURIComponent('zOe@EXAMPLE.com')}`)
    expect(found.body.items.map((user: { email: string }) => user.email)).toEqual(['Zoe@Example.COM'])
  })

  test.each([
    [{ email: 'a@x,b@evil' }, ['email']],
    [{ email: '' }, ['email']],
    [{ firstName: ' ', language: 'english' }, ['firstName', 'language']],
    [{ lastName: 'x'.repeat(1_001) }, ['lastName']],
    [{ region: 'a\0' }, ['region']],
    [{ groups: ['0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'] }, ['groups']],
    [{ status: 'active' }, ['']],
  ])('is not created with %j', async (wrong, paths) => {
    const answer = await platform.post('/v1/users', person({ email: 'new@example.com', ...wrong }))
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(paths)
  })

  test('is changed field by field, and keeps what is not named', async () => {
    const { body } = await platform.post(
      '/v1/users',
      person({ email: 'kenji@example.com', region: 'East', cohort: all.blue.cohort }),
    )
    const changed = await platform.patch(`/v1/users/${body.id}`, { lastName: 'Satō', enabled: false, cohort: null })
    expect(changed).toMatchObject({ status: 200 })
    expect(changed.body).toEqual({ ...body, lastName: 'Satō', enabled: false, status: 'disabled', cohort: null })
    expect((await platform.patch(`/v1/users/${body.id}`, { email: all.red.email })).status).toBe(409)
  })

  test('does not take a cohort along into another company', async () => {
    const { body } = await platform.post('/v1/users', person({ email: 'mover@example.com', cohort: all.blue.cohort }))
    const move = { company: all.red.company }
    expect(await platform.patch(`/v1/users/${body.id}`, move)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'cohort' }] },
    })
    const moved = await platform.patch(`/v1/users/${body.id}`, { ...move, cohort: all.red.cohort })
    expect(moved.body).toMatchObject({ company: all.red.company, cohort: all.red.cohort })
  })

  test('is active once a password is set, and lists filter by that and by every other field', async () => {
    await world.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', all.red.user).execute()
    expect((await platform.get(`/v1/users/${all.red.user}`)).body.status).toBe('active')
    await platform.patch(`/v1/users/${all.red.user}`, { jobRole: 'Pilot', region: 'West', label: 'VIP' })
    const queries = [
      'status=active',
      'jobRole=Pilot',
      'region=West',
      'label=VIP',
      `cohort=${all.red.cohort}&firstName=Ada`,
    ]
    for (const query of [...queries, `course=${all.red.course}&enabled=true`]) {
      const { items } = (await platform.get(`/v1/users?${query}`)).body
      expect(
        items.map((user: { id: string }) => user.id),
        query,
      ).toContain(all.red.user)
      expect(
        items.map((user: { id: string }) => user.id),
        query,
      ).not.toContain(all.blue.user)
    }
    expect((await platform.get('/v1/users?enabled=maybe')).status).toBe(422)
  })
})
