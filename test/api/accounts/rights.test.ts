import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'
import type { Catalogue } from '../../support/imports.ts'
import { anAccount, codeOf, PASSWORD, signedIn, type Visitor, visitor } from '../../support/visitor.ts'

let world: World
let all: Catalogue
let blueAdmin: Awaited<ReturnType<typeof signedIn>>
let boss: Awaited<ReturnType<typeof signedIn>>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  blueAdmin = await signedIn(world, [all.blue.company], 'Blue Admin')
  boss = await signedIn(world, null, 'The Boss')
})
afterAll(() => world.close())

const CSV = 'enabled,name,email,companyName,languageCode\n1,Bo,bo@example.com,Blue Harbour,en-GB\n'
const NOT_FOUND = { status: 404, body: { code: 'not-found' } }
const FORBIDDEN = { status: 403, body: { code: 'platform-key-required' } }
const ids = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id)

describe('an administrator of a company', () => {
  test.each([
    ['companies', 'company', { name: 'Mine' }],
    ['courses', 'course', { title: 'Mine' }],
    ['cohorts', 'cohort', { name: 'Mine' }],
    ['users', 'user', { firstName: 'Mine' }],
  ] as const)('an administrator of a company sees the %s of that company and no others', async (path, kind, change) => {
    const { browser } = blueAdmin
    expect(ids(await browser.get(`/v1/${path}`))).toEqual([all.blue[kind]])
    expect((await browser.get(`/v1/${path}/${all.blue[kind]}`)).status).toBe(200)
    expect(await browser.get(`/v1/${path}/${all.red[kind]}`)).toMatchObject(NOT_FOUND)
    expect(await browser.patch(`/v1/${path}/${all.red[kind]}`, change)).toMatchObject(NOT_FOUND)
    expect(ids(await boss.browser.get(`/v1/${path}`))).toHaveLength(2)
  })

  test('an administrator of a company sees its imports, each with who started it and where its report goes', async () => {
    const mine = await blueAdmin.browser.upload(CSV)
    expect(mine).toMatchObject({ status: 202 })
    const theirs = (await all.red.client.upload(CSV)).body.id
    expect(ids(await blueAdmin.browser.get('/v1/imports'))).toEqual([mine.body.id])
    for (const path of ['', '/rows', '/events', '/result.json', '/errors.csv']) {
      expect(await blueAdmin.browser.get(`/v1/imports/${theirs}${path}`), path).toMatchObject(NOT_FOUND)
    }
    for (const decision of ['confirm', 'resume', 'cancel']) {
      expect(await blueAdmin.browser.post(`/v1/imports/${theirs}/${decision}`), decision).toMatchObject(NOT_FOUND)
    }
    const stored = await world.db
      .selectFrom('imports')
      .where('id', '=', mine.body.id)
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({
      api_key_id: null,
      account_id: blueAdmin.id,
      started_by: 'Blue Admin',
      contact: blueAdmin.email,
      scope: [all.blue.company],
    })
  })

  test('an idempotency key starts one import for each administrator and each API key', async () => {
    const key = { 'Idempotency-Key': 'monday' }
    const first = await blueAdmin.browser.upload(CSV, key)
    const again = await blueAdmin.browser.upload(CSV, key)
    const others = [await boss.browser.upload(CSV, key), await all.blue.client.upload(CSV, key)]
    expect(again.body.id).toBe(first.body.id)
    expect(new Set([first, ...others].map(({ body }) => body.id)).size).toBe(3)
    const reused = await blueAdmin.browser.upload(`${CSV}1,Cy,cy@example.com,Blue Harbour,en-GB\n`, key)
    expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    const parallel = await Promise.all(
      Array.from({ length: 8 }, () => blueAdmin.browser.upload(CSV, { 'Idempotency-Key': 'at once' })),
    )
    expect(new Set(parallel.map(({ body }) => body.id)).size).toBe(1)
  })

  test('an administrator of a company manages the API keys of that company only', async () => {
    const { browser } = blueAdmin
    const { company } = all.blue
    const others = (await boss.browser.post('/v1/api-keys', { name: 'Both', companies: [company, all.red.company] }))
      .body
    const whole = (await boss.browser.post('/v1/api-keys', { name: 'Whole' })).body
    const made = await browser.post('/v1/api-keys', { name: 'HR of Blue', companies: [company] })
    expect(made).toMatchObject({ status: 201, body: { companies: [company] } })
    expect(ids(await world.as(made.body.key).get('/v1/companies'))).toEqual([company])
    const listed = ids(await browser.get('/v1/api-keys'))
    expect(listed).toContain(made.body.id)
    for (const { id } of [others, whole]) {
      expect(listed).not.toContain(id)
      expect(await browser.delete(`/v1/api-keys/${id}`)).toMatchObject(NOT_FOUND)
    }
    for (const companies of [undefined, [all.red.company], [company, all.red.company]]) {
      const refused = await browser.post('/v1/api-keys', { name: 'Too wide', ...(companies && { companies }) })
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'companies' }] } })
    }
    expect((await browser.delete(`/v1/api-keys/${made.body.id}`)).status).toBe(204)
    expect((await world.as(made.body.key).get('/v1/companies')).status).toBe(401)
  })

  test('an administrator of a company manages neither the platform nor other administrators', async () => {
    const { browser } = blueAdmin
    expect(await browser.get('/v1/accounts')).toMatchObject(FORBIDDEN)
    expect(await browser.post('/v1/companies', { name: 'Mine' })).toMatchObject(FORBIDDEN)
    const invited = { email: 'friend@muster.example', name: 'Friend', role: 'platform' }
    expect(await browser.post('/v1/accounts', invited)).toMatchObject(FORBIDDEN)
    expect(await browser.patch(`/v1/accounts/${boss.id}`, { disabled: true })).toMatchObject(FORBIDDEN)
    expect(await browser.patch(`/v1/accounts/${blueAdmin.id}`, { role: 'platform' })).toMatchObject(FORBIDDEN)
    expect(await browser.delete(`/v1/accounts/${boss.id}`)).toMatchObject(FORBIDDEN)
    expect(await browser.post(`/v1/accounts/${boss.id}/invitation`)).toMatchObject(FORBIDDEN)
  })
})

describe('an administrator of the platform', () => {
  let other: { id: string; email: string; browser: Visitor }
  const change = (body: unknown, id = other.id) => boss.browser.patch(`/v1/accounts/${id}`, body)

  beforeEach(async () => {
    other = await signedIn(world, [all.red.company])
  })

  test('an administrator of the platform sees every administrator with role and companies, and no secret', async () => {
    const listed = await boss.browser.get('/v1/accounts?limit=200')
    expect(ids(listed)).toEqual(expect.arrayContaining([boss.id, blueAdmin.id, other.id]))
    expect(listed.body.items.find(({ id }: { id: string }) => id === other.id)).toEqual({
      id: other.id,
      name: 'Mira Tóth',
      email: other.email,
      role: 'companies',
      companies: [all.red.company],
      secondFactor: false,
      status: 'active',
      createdAt: expect.any(String),
    })
    const page = await boss.browser.get('/v1/accounts?limit=1')
    const rest = await boss.browser.get(`/v1/accounts?limit=1&cursor=${page.body.next}`)
    expect(ids(rest)).not.toEqual(ids(page))
  })

  test('changed rights apply from the next request of the administrator', async () => {
    expect(ids(await other.browser.get('/v1/companies'))).toEqual([all.red.company])
    await change({ companies: [all.blue.company] })
    expect(ids(await other.browser.get('/v1/companies'))).toEqual([all.blue.company])
    expect(await change({ role: 'platform' })).toMatchObject({
      status: 200,
      body: { role: 'platform', companies: null },
    })
    expect(ids(await other.browser.get('/v1/companies'))).toHaveLength(2)
    expect((await change({ role: 'companies', companies: [all.red.company] })).status).toBe(200)
    expect(ids(await other.browser.get('/v1/companies'))).toEqual([all.red.company])
  })

  test.each([
    [{ role: 'companies', companies: [] }],
    [{ role: 'platform', companies: ['0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'] }],
    [{ companies: ['0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'] }],
    [{ role: 'root' }],
    [{ secondFactor: true }],
  ])('an administrator of the platform cannot set the rights %j', async (body) => {
    expect(await change(body)).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
  })

  test('a disabled administrator loses all sessions and cannot sign in until enabled again', async () => {
    expect(await change({ disabled: true })).toMatchObject({ status: 200, body: { status: 'disabled' } })
    expect((await other.browser.get('/v1/users')).status).toBe(401)
    expect((await visitor(world).signIn(other.email)).body.code).toBe('wrong-credentials')
    expect(await change({ disabled: false })).toMatchObject({ body: { status: 'active' } })
    expect((await other.browser.get('/v1/users')).status).toBe(401)
    expect((await other.browser.signIn(other.email)).status).toBe(200)
  })

  test('a session that starts while its administrator is being disabled does not work', async () => {
    const disabled = { disabled_at: new Date() }
    await world.db.updateTable('console_accounts').set(disabled).where('id', '=', other.id).execute()
    expect((await other.browser.get('/v1/users')).status).toBe(401)
  })

  test('removing a lost second factor also ends the sessions of the administrator', async () => {
    const { secret } = (await other.browser.post('/v1/account/second-factor', { password: PASSWORD })).body
    await other.browser.post('/v1/account/second-factor/confirm', { code: codeOf(secret) })
    expect((await visitor(world).signIn(other.email)).body.status).toBe('second-factor-required')
    expect(await change({ secondFactor: false })).toMatchObject({ status: 200, body: { secondFactor: false } })
    expect((await other.browser.get('/v1/account')).status).toBe(401)
    expect((await visitor(world).signIn(other.email)).body.status).toBe('signed-in')
  })

  test('the imports of a deleted administrator stay and keep the name', async () => {
    const { id } = (await other.browser.upload(CSV)).body
    expect((await boss.browser.delete(`/v1/accounts/${other.id}`)).status).toBe(204)
    expect((await other.browser.get('/v1/users')).status).toBe(401)
    expect((await boss.browser.get(`/v1/imports/${id}`)).status).toBe(200)
    const kept = await world.db.selectFrom('imports').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ account_id: null, started_by: 'Mira Tóth' })
    expect(await boss.browser.delete(`/v1/accounts/${other.id}`)).toMatchObject(NOT_FOUND)
  })

  test('an administrator of the platform cannot change their own access', async () => {
    const own = { status: 409, body: { code: 'own-account' } }
    for (const body of [{ role: 'companies', companies: [all.blue.company] }, { disabled: true }]) {
      expect(await change(body, boss.id)).toMatchObject(own)
    }
    expect(await boss.browser.delete(`/v1/accounts/${boss.id}`)).toMatchObject(own)
    expect(await boss.browser.delete(`/v1/accounts/${boss.id.toUpperCase()}`)).toMatchObject(own)
  })

  test('the last administrator of the platform can be neither removed nor limited', async () => {
    const last = { status: 409, body: { code: 'last-administrator' } }
    const others = await world.db
      .selectFrom('console_accounts')
      .where('role', '=', 'platform')
      .where('id', '!=', boss.id)
      .select('id')
      .execute()
    for (const { id } of others) await boss.browser.delete(`/v1/accounts/${id}`)
    // This administrator is only invited, so they cannot sign in.
    await boss.browser.post('/v1/accounts', { email: 'later@muster.example', name: 'Later', role: 'platform' })
    for (const body of [{ role: 'companies', companies: [all.blue.company] }, { disabled: true }]) {
      expect(await all.platform.patch(`/v1/accounts/${boss.id}`, body)).toMatchObject(last)
    }
    expect(await all.platform.delete(`/v1/accounts/${boss.id}`)).toMatchObject(last)
    const second = await anAccount(world)
    const both = await Promise.all([
      all.platform.patch(`/v1/accounts/${boss.id}`, { disabled: true }),
      all.platform.patch(`/v1/accounts/${second.id}`, { disabled: true }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    for (const { id } of [boss, second]) await all.platform.patch(`/v1/accounts/${id}`, { disabled: false })
    await boss.browser.signIn(boss.email)
  })
})
