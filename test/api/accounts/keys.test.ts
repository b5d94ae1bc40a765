import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeKey } from '../../../api/accounts/key-secret.ts'
import { registerKey } from '../../../db/accounts/api-keys.ts'
import { apiWorld, type World } from '../../support/api-world.ts'

let world: World
let platform: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  platform = world.as(await world.key())
})
afterAll(() => world.close())

const refused = { status: 401, body: { code: 'unauthorized', status: 401 } }

describe('a request below /v1', () => {
  test.each([
    ['no key', undefined],
    ['an unknown key', `Bearer mk_abcdefgh_${'x'.repeat(43)}`],
    ['another scheme', 'Basic eDp5'],
    ['an empty key', 'Bearer '],
  ])('a request with %s gets the same 401', async (_, header) => {
    for (const path of ['/v1/imports', '/v1/users', '/v1/nothing-here']) {
      const response = await world.app.request(path, header === undefined ? {} : { headers: { Authorization: header } })
      expect({ status: response.status, body: await response.json() }).toMatchObject(refused)
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="muster"')
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    }
  })
})

describe('an API key', () => {
  test('a new API key is shown once, works immediately and is stored only as a hash', async () => {
    const made = await platform.post('/v1/api-keys', { name: 'HR sync', contact: 'hr@example.com' })
    expect(made.status).toBe(201)
    expect(made.body.key).toMatch(/^mk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}$/)
    expect(made.body).toMatchObject({ name: 'HR sync', companies: null, contact: 'hr@example.com', lastUsedAt: null })
    expect(made.body.key.startsWith(made.body.prefix)).toBe(true)
    expect((await world.as(made.body.key).get('/v1/users')).status).toBe(200)
    const listed = (await platform.get('/v1/api-keys')).body.items.find(({ id }: { id: string }) => id === made.body.id)
    expect(listed).toEqual({ ...made.body, key: undefined, lastUsedAt: expect.any(String) })
    const dump = await sql<{ t: string }>`SELECT api_keys::text AS t FROM api_keys`.execute(world.db)
    expect(dump.rows.map(({ t }) => t).join()).not.toContain(made.body.key.slice(12))
  })

  test('a revoked API key stops working and cannot be revoked again', async () => {
    const { id, key } = (await platform.post('/v1/api-keys', { name: 'short' })).body
    expect((await platform.delete(`/v1/api-keys/${id}`)).status).toBe(204)
    expect(await world.as(key).get('/v1/users')).toMatchObject(refused)
    expect((await platform.delete(`/v1/api-keys/${id}`)).status).toBe(404)
  })

  test.each([
    [{ name: '' }, 'name'],
    [{ name: 'x', companies: [] }, 'companies'],
    [{ name: 'x', companies: ['nope'] }, 'companies.0'],
    [{ name: 'x', companies: ['0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'] }, 'companies'],
    [{ name: 'x', contact: 'a@x,b@evil' }, 'contact'],
    [{ name: 'x', role: 'admin' }, ''],
  ])('an API key is not created from %j', async (body, path) => {
    expect(await platform.post('/v1/api-keys', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  test('the last use of an API key is saved at most once a minute', async () => {
    const key = await world.key(null, { name: 'busy' })
    const used = async () =>
      (
        await world.db
          .selectFrom('api_keys')
          .where('name', '=', 'busy')
          .select('last_used_at')
          .executeTakeFirstOrThrow()
      ).last_used_at as Date
    await world.as(key).get('/v1/users')
    const first = await used()
    await world.as(key).get('/v1/users')
    expect(await used()).toEqual(first)
    await sql`UPDATE api_keys SET last_used_at = now() - interval '61 seconds' WHERE name = 'busy'`.execute(world.db)
    await world.as(key).get('/v1/users')
    expect((await used()).getTime()).toBeGreaterThanOrEqual(first.getTime())
  })

  test('the API key of the configuration is registered once, and stays revoked', async () => {
    const key = 'k'.repeat(40)
    const register = () => registerKey(world.db, { name: 'operator', ...describeKey(key) })
    await register()
    await register()
    const rows = await world.db.selectFrom('api_keys').where('name', '=', 'operator').selectAll().execute()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ companies: null, prefix: 'configured' })
    expect((await world.as(key).get('/v1/companies')).status).toBe(200)
    await platform.delete(`/v1/api-keys/${rows[0]?.id}`)
    await register()
    expect(await world.as(key).get('/v1/companies')).toMatchObject(refused)
  })
})
