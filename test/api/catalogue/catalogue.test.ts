import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

const SPRING = { startsAt: '2026-03-01T00:00:00.000Z', endsAt: '2026-06-01T00:00:00.000Z' }

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let platform: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  platform = all.platform
})
afterAll(() => world.close())

const named = [
  ['companies', 'name', () => ({})],
  ['groups', 'name', () => ({})],
  ['cohorts', 'name', () => ({ company: all.blue.company })],
  ['courses', 'title', () => ({ companies: [all.blue.company] })],
  ['permission-sets', 'name', () => ({})],
  ['collections', 'name', () => ({ courses: [all.blue.course] })],
  ['campaigns', 'name', () => ({ courses: [all.blue.course], ...SPRING })],
] as const

describe.each(named)('%s', (path, field, rest) => {
  test('an item can be created, read, found by name, changed and deleted', async () => {
    const made = await platform.post(`/v1/${path}`, { [field]: ' New – one ', ...rest() })
    expect(made).toMatchObject({ status: 201, body: { [field]: 'New – one', ...rest() } })
    const self = `/v1/${path}/${made.body.id}`
    expect(made.headers.get('Location')).toBe(self)
    expect((await platform.get(self)).body).toEqual(made.body)
    const found = await platform.get(`/v1/${path}?${field}=${encodeURIComponent('New – one')}`)
    expect(found.body).toEqual({ items: [made.body], next: null })
    const changed = await platform.patch(self, { [field]: 'Newer' })
    expect(changed).toMatchObject({ status: 200, body: { ...made.body, [field]: 'Newer' } })
    expect((await platform.delete(self)).status).toBe(204)
    expect((await platform.get(self)).status).toBe(404)
  })

  test('an item is found by words of its name, in any case and order', async () => {
    for (const name of ['Search – Fire safety', 'Search – 100 % safe', 'Search – Other']) {
      await platform.post(`/v1/${path}`, { [field]: name, ...rest() })
    }
    const found = async (q: string) =>
      (await platform.get(`/v1/${path}?q=${encodeURIComponent(q)}`)).body.items.map(
        (item: Record<string, string>) => item[field],
      )
    expect(await found('SAFE search')).toEqual(['Search – Fire safety', 'Search – 100 % safe'])
    expect(await found('search %')).toEqual(['Search – 100 % safe'])
    expect(await found('search nothing')).toEqual([])
    expect((await platform.get(`/v1/${path}?q=${'x'.repeat(201)}`)).status).toBe(422)
  })

  test.each([
    [{}],
    [{ [field]: '' }],
    [{ [field]: '   ' }],
    [{ [field]: 'a\0b' }],
    [{ [field]: 'x'.repeat(256) }],
    [{ [field]: 7 }],
    [{ [field]: 'fine', colour: 'blue' }],
  ])('an item is not created from %j', async (body) => {
    const answer = await platform.post(`/v1/${path}`, { ...rest(), ...body })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request', errors: [expect.anything()] } })
  })

  test('a list returns every item once, page by page', async () => {
    for (let n = 0; n < 5; n++) await platform.post(`/v1/${path}`, { [field]: `Page ${n}`, ...rest() })
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const { items, next } = (await platform.get(`/v1/${path}?limit=2${cursor}`)).body
      expect(items.length).toBeLessThanOrEqual(2)
      seen.push(...items.map((item: { id: string }) => item.id))
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    const whole = (await platform.get(`/v1/${path}?limit=200`)).body.items.map((item: { id: string }) => item.id)
    expect(seen).toEqual(whole)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test.each(['limit=0', 'limit=201', 'limit=x', 'cursor=nonsense'])(
    'a list request with %s is rejected',
    async (query) => {
      expect(await platform.get(`/v1/${path}?${query}`)).toMatchObject({
        status: 422,
        body: { code: 'invalid-request' },
      })
    },
  )
})

describe('a unique value', () => {
  test('a taken unique value is rejected with a sentence', async () => {
    const twice = async (path: string, body: unknown) => {
      await platform.post(path, body)
      return platform.post(path, body)
    }
    const taken = (detail: string, path = 'name') => ({
      status: 409,
      body: { code: 'already-exists', detail, errors: [{ path, message: detail }] },
    })
    expect(await twice('/v1/companies', { name: 'Twice' })).toMatchObject(taken('Another company has this name.'))
    expect(await twice('/v1/groups', { name: 'Twice' })).toMatchObject(taken('Another group has this name.'))
    expect(await twice('/v1/cohorts', { name: 'Twice', company: all.blue.company })).toMatchObject(
      taken('Another cohort of this company has this name.'),
    )
    expect(await twice('/v1/permission-sets', { name: 'Twice' })).toMatchObject(
      taken('Another permission set has this name.'),
    )
    expect(await twice('/v1/collections', { name: 'Twice' })).toMatchObject(taken('Another collection has this name.'))
    expect(await twice('/v1/campaigns', { name: 'Twice', ...SPRING })).toMatchObject(
      taken('Another campaign has this name.'),
    )
    expect(await twice('/v1/custom-fields', { key: 'twice', label: 'Twice', type: 'text' })).toMatchObject(
      taken('Another custom field has this key.', 'key'),
    )
    const other = await platform.post('/v1/cohorts', { name: 'Twice', company: all.red.company })
    expect(other.status).toBe(201)
  })
})

describe('an item in use', () => {
  test('an item in use is not deleted', async () => {
    const inUse = { status: 409, body: { code: 'in-use' } }
    const group = await all.made('groups', { name: 'Used' })
    await platform.patch(`/v1/users/${all.blue.user}`, { groups: [group] })
    expect(await platform.delete(`/v1/groups/${group}`)).toMatchObject(inUse)
    expect(await platform.delete(`/v1/companies/${all.blue.company}`)).toMatchObject(inUse)
    expect(await platform.delete(`/v1/courses/${all.blue.course}`)).toMatchObject(inUse)
    expect(await platform.delete(`/v1/cohorts/${all.blue.cohort}`)).toMatchObject(inUse)
    const permissionSet = await all.made('permission-sets', { name: 'Used' })
    await world.db
      .updateTable('users')
      .set({ permission_set_id: permissionSet })
      .where('id', '=', all.blue.user)
      .execute()
    expect(await platform.delete(`/v1/permission-sets/${permissionSet}`)).toMatchObject(inUse)
    const empty = await all.made('companies', { name: 'Empty but for a key' })
    const key = await platform.post('/v1/api-keys', { name: 'its key', companies: [empty] })
    expect(await platform.delete(`/v1/companies/${empty}`)).toMatchObject(inUse)
    await platform.delete(`/v1/api-keys/${key.body.id}`)
    expect((await platform.delete(`/v1/companies/${empty}`)).status).toBe(204)
  })
})

describe('a course', () => {
  test('a course closes to an omitted company, and enrolled users stay enrolled', async () => {
    const { company, course, user, client } = all.blue
    await platform.patch(`/v1/courses/${course}`, { companies: [all.red.company] })
    expect((await client.get(`/v1/courses/${course}`)).status).toBe(404)
    expect(
      (await platform.get(`/v1/courses?company=${company}`)).body.items.map(({ id }: { id: string }) => id),
    ).not.toContain(course)
    expect((await client.get(`/v1/users/${user}`)).body.courses).toEqual([course])
    await platform.patch(`/v1/courses/${course}`, { companies: [company] })
    expect((await client.get(`/v1/courses/${course}`)).body.companies).toEqual([company])
  })

  test('a course cannot be opened to an unknown company', async () => {
    const nowhere = '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'
    const answer = await platform.patch(`/v1/courses/${all.blue.course}`, { title: 'Half done', companies: [nowhere] })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'companies' }] } })
    expect((await platform.get(`/v1/courses/${all.blue.course}`)).body.title).toBe('Safety at Blue Harbour')
  })
})
