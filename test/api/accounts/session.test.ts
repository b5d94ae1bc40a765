import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { anAccount, ORIGIN, PASSWORD, signedIn, visitor } from '../../support/visitor.ts'

let world: World
const lines: string[] = []

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  world = await apiWorld(import.meta.url, { log })
})
afterAll(() => world.close())

const SIGNED_OUT = { status: 401, body: { code: 'unauthorized' } }

describe('signing in', () => {
  test('a sign-in gives a session with the administrator until they sign out', async () => {
    const account = await anAccount(world, null, 'Mira Tóth')
    const browser = visitor(world)
    expect(await browser.get('/v1/account')).toMatchObject(SIGNED_OUT)
    const me = {
      id: account.id,
      name: 'Mira Tóth',
      email: account.email,
      role: 'platform',
      companies: null,
      secondFactor: false,
    }
    expect(await browser.signIn(account.email.toUpperCase())).toMatchObject({
      status: 200,
      body: { status: 'signed-in', account: me },
    })
    expect((await browser.get('/v1/account')).body).toEqual(me)
    expect((await browser.get('/v1/users')).status).toBe(200)
    const stolen = new Map(browser.jar)
    expect((await browser.delete('/v1/session')).status).toBe(204)
    expect(browser.jar.size).toBe(0)
    for (const [name, value] of stolen) browser.jar.set(name, value)
    expect(await browser.get('/v1/account')).toMatchObject(SIGNED_OUT)
    expect((await browser.delete('/v1/session')).status).toBe(204)
  })

  test('a wrong password and an unknown, disabled or invited address get the same response', async () => {
    const known = await anAccount(world)
    const disabled = await anAccount(world)
    const invited = await anAccount(world)
    await world.db
      .updateTable('console_accounts')
      .set({ disabled_at: new Date() })
      .where('id', '=', disabled.id)
      .execute()
    await world.db.deleteFrom('console_credentials').where('account_id', '=', invited.id).execute()
    const browser = visitor(world)
    const answers = [
      await browser.signIn(known.email, 'not my password'),
      await browser.signIn('nobody@muster.example'),
      await browser.signIn('no address at all'),
      await browser.signIn(known.email, 'x'.repeat(1_000)),
      await browser.signIn(disabled.email),
      await browser.signIn(invited.email),
    ]
    const shapes = answers.map(({ status, headers, body }) => ({
      status,
      body: { ...body, requestId: '' },
      headers: [...headers.keys()],
    }))
    expect(shapes[0]).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
    for (const shape of shapes) expect(shape).toEqual(shapes[0])
    expect(browser.jar.size).toBe(0)
  })

  test('a sign-in with an unknown address takes as long as one with a known address', async () => {
    const known = await anAccount(world)
    const took = async (email: string) => {
      const began = performance.now()
      await visitor(world).signIn(email, 'not my password')
      return performance.now() - began
    }
    await took(known.email)
    const pairs = [await took(known.email), await took('stranger@muster.example'), await took(known.email)]
    // Each response includes one argon2id hash. Without it, the response would take a tenth of the time.
    expect(pairs[1]).toBeGreaterThan(Math.min(pairs[0]!, pairs[2]!) / 4)
  })

  test('a sign-in replaces the browser’s previous session', async () => {
    const { id, email, browser } = await signedIn(world)
    await browser.signIn(email)
    const sessions = await world.db.selectFrom('console_sessions').where('account_id', '=', id).selectAll().execute()
    expect(sessions).toHaveLength(1)
    expect(sessions[0]).toMatchObject({
      ip_address: expect.toBeOneOf([null, '']),
      user_agent: expect.toBeOneOf([null, '']),
    })
  })

  test.each([
    [{ email: 'a@muster.example' }, 'password'],
    [{ email: '', password: 'x' }, 'email'],
    [{ email: 'a@muster.example', password: 'x', rememberMe: true }, ''],
  ])('a sign-in with the body %j is rejected', async (body, path) => {
    const answer = await visitor(world).post('/v1/session', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request', errors: [{ path }] } })
  })

  test('a sign-in is rejected after ten wrong passwords for one account from any address, and other accounts are unaffected', async () => {
    const victim = await anAccount(world)
    const tries = []
    for (let n = 0; n < 12; n++) tries.push((await visitor(world).signIn(victim.email, `guess ${n}`)).status)
    expect(tries).toEqual([...Array(10).fill(401), 429, 429])
    const locked = await visitor(world).signIn(victim.email)
    expect(locked).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
    expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(10)
    expect((await visitor(world).signIn('unknown-too@muster.example')).status).toBe(401)
    await signedIn(world)
  })

  test('sign-ins with the correct password are not limited', async () => {
    const { email } = await anAccount(world)
    for (let n = 0; n < 12; n++) expect((await visitor(world).signIn(email)).status).toBe(200)
  })
})

describe('the limit of one address', () => {
  test('the limit of one address stops guesses at many accounts', async () => {
    const other = await apiWorld(import.meta.url)
    try {
      const statuses = await Promise.all(
        Array.from({ length: 70 }, (_, n) =>
          visitor(other).post('/v1/session', { email: `p${n}@x.example`, password: 'x' }),
        ),
      )
      expect(statuses.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
      expect(statuses.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(60)
    } finally {
      await other.close()
    }
  })
})

describe('the session’s cookie', () => {
  test('the session cookie is HttpOnly and Lax, and has no name prefix without TLS', async () => {
    const { email } = await anAccount(world)
    const [cookie, ...more] = (await visitor(world).signIn(email)).headers.getSetCookie()
    expect(more).toEqual([])
    expect(cookie).toMatch(/^muster-session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('the session cookie is bound to its host and to TLS when the public URL uses TLS', async () => {
    const secure = await apiWorld(import.meta.url, { env: { PUBLIC_URL: 'https://muster.example' } })
    try {
      const { email } = await anAccount(secure)
      const browser = visitor(secure, 'https://muster.example')
      const cookies = (await browser.signIn(email)).headers.getSetCookie()
      expect(cookies).toHaveLength(1)
      expect(cookies[0]).toMatch(
        /^__Host-muster-session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
      expect((await browser.get('/v1/account')).status).toBe(200)
    } finally {
      await secure.close()
    }
  })

  test('a reader of the database cannot forge a session cookie', async () => {
    const { id } = await signedIn(world)
    const { token } = await world.db
      .selectFrom('console_sessions')
      .where('account_id', '=', id)
      .select('token')
      .executeTakeFirstOrThrow()
    const thief = visitor(world)
    for (const value of [token, `${token}.`, `${token}.${'A'.repeat(43)}%3D`]) {
      thief.jar.set('muster-session', value)
      expect(await thief.get('/v1/account')).toMatchObject(SIGNED_OUT)
    }
  })

  test('a session does not replace an invalid API key', async () => {
    const { browser } = await signedIn(world)
    const answer = await browser.send('GET', '/v1/users', undefined, { headers: { Authorization: 'Bearer mk_wrong' } })
    expect(answer).toMatchObject(SIGNED_OUT)
  })
})

describe('a session', () => {
  test('a session ends after 12 hours without a request, and a request extends it', async () => {
    const { id, browser } = await signedIn(world)
    const age = (text: string) =>
      sql`UPDATE console_sessions SET expires_at = now() + interval '12 hours' - ${text}::interval,
        updated_at = now() - ${text}::interval WHERE account_id = ${id}`.execute(world.db)
    await age('11 hours')
    const prolonged = await browser.get('/v1/account')
    expect(prolonged.status).toBe(200)
    expect(prolonged.headers.getSetCookie().join()).toContain('Max-Age=43200')
    await age('13 hours')
    expect(await browser.get('/v1/account')).toMatchObject(SIGNED_OUT)
  })

  test('a session ends after 7 days even when it is in use', async () => {
    const { id, browser } = await signedIn(world)
    await sql`UPDATE console_sessions SET created_at = now() - interval '7 days 1 second'
      WHERE account_id = ${id}`.execute(world.db)
    expect(await browser.get('/v1/account')).toMatchObject(SIGNED_OUT)
    expect(await world.db.selectFrom('console_sessions').where('account_id', '=', id).selectAll().execute()).toEqual([])
  })
})

describe('another site', () => {
  const foreign = { status: 403, body: { code: 'cross-origin' } }

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this host', { origin: 'http://localhost:3001' }],
    ['an opaque origin', { origin: 'null' }],
    ['a site that says so', { origin: null, headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['a page of a neighbour', { origin: null, headers: { 'Sec-Fetch-Site': 'same-site' } }],
    ['a browser that says nothing', { origin: null }],
  ])('another site cannot change anything with an administrator’s cookie: %s', async (_, given) => {
    const { browser } = await signedIn(world)
    for (const path of ['/v1/companies', '/v1/imports', '/v1/account/password', '/v1/accounts']) {
      expect(await browser.post(path, { name: 'Evil' }, given), path).toMatchObject(foreign)
    }
    expect((await browser.get('/v1/companies')).body.items).toEqual([])
  })

  test('another site cannot sign an administrator in or out', async () => {
    const { email, browser } = await signedIn(world)
    const evil = { origin: 'https://evil.example' }
    expect(await visitor(world).post('/v1/session', { email, password: PASSWORD }, evil)).toMatchObject(foreign)
    expect(await browser.send('DELETE', '/v1/session', undefined, evil)).toMatchObject(foreign)
    expect((await browser.get('/v1/account')).status).toBe(200)
  })

  test('Sec-Fetch-Site distinguishes another site when no Origin is sent', async () => {
    const { browser } = await signedIn(world)
    const own = { origin: null, headers: { 'Sec-Fetch-Site': 'same-origin' } }
    expect((await browser.post('/v1/companies', { name: 'By fetch metadata' }, own)).status).toBe(201)
    expect((await browser.post('/v1/companies', { name: 'By origin' }, { origin: ORIGIN })).status).toBe(201)
  })

  test('an API key works with any Origin, because no browser sends a key by itself', async () => {
    const platform = world.as(await world.key())
    const answer = await platform.post('/v1/companies', { name: 'Anywhere' }, { Origin: 'https://evil.example' })
    expect(answer.status).toBe(201)
  })
})

test('no password, address, name or session is in the log', async () => {
  const { email, name, browser } = await signedIn(world, null, 'Ottokar Unmistakable')
  await browser.signIn(email, 'wrong but secret')
  await browser.post('/v1/account/password', { current: 'wrong but secret', new: 'another fine long phrase' })
  const [session = ''] = [...browser.jar.values()]
  const log = lines.join('')
  expect(log).toContain('/v1/session')
  for (const secret of [PASSWORD, email, name, 'wrong but secret', 'another fine long phrase', session.slice(0, 32)]) {
    expect(log).not.toContain(secret)
  }
})
