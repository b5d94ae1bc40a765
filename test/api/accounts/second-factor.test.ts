import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { codeOf, PASSWORD, signedIn, visitor } from '../../support/visitor.ts'

let world: World

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
})
afterAll(() => world.close())

/** An administrator who is signed in and has a second factor. */
async function protectedOne() {
  const one = await signedIn(world)
  const { secret } = (await one.browser.post('/v1/account/second-factor', { password: PASSWORD })).body
  // The code of the previous time step, so that the current code is still unused for the next sign-in.
  const confirmed = await one.browser.post('/v1/account/second-factor/confirm', { code: codeOf(secret, -1) })
  return { ...one, secret: secret as string, backupCodes: confirmed.body.backupCodes as string[] }
}

const REQUIRED = { status: 200, body: { status: 'second-factor-required', account: null } }
const WRONG = { status: 422, body: { code: 'wrong-code' } }

describe('setting up a second factor', () => {
  test('setting up a second factor needs the password, returns a secret and changes nothing until a code confirms it', async () => {
    const { email, browser } = await signedIn(world)
    const refused = await browser.post('/v1/account/second-factor', { password: 'not my password' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'wrong-password' } })
    expect(await browser.post('/v1/account/second-factor/confirm', { code: '123456' })).toMatchObject({
      status: 409,
      body: { code: 'second-factor-off' },
    })
    const setup = await browser.post('/v1/account/second-factor', { password: PASSWORD })
    expect(setup.status).toBe(200)
    const uri = new URL(setup.body.uri)
    expect([uri.protocol, uri.searchParams.get('issuer'), uri.searchParams.get('secret')]).toEqual([
      'otpauth:',
      'Muster',
      setup.body.secret,
    ])
    expect(Object.keys(setup.body)).toEqual(['uri', 'secret'])
    expect(await browser.post('/v1/account/second-factor/confirm', { code: 'abcdef' })).toMatchObject(WRONG)
    expect((await visitor(world).signIn(email)).body.status).toBe('signed-in')
    expect((await browser.get('/v1/account')).body.secondFactor).toBe(false)
    const confirmed = await browser.post('/v1/account/second-factor/confirm', { code: codeOf(setup.body.secret) })
    expect(confirmed.status).toBe(200)
    expect(new Set(confirmed.body.backupCodes).size).toBe(10)
    expect((await browser.get('/v1/account')).body.secondFactor).toBe(true)
    const next = visitor(world)
    expect((await next.signIn(email)).body.status).toBe('second-factor-required')
    const replayed = await next.post('/v1/session/second-factor', { code: codeOf(setup.body.secret) })
    expect(replayed).toMatchObject({ status: 401, body: { code: 'sign-in-expired' } })
  })

  test('a second factor cannot be set up while one is on', async () => {
    const { browser, secret } = await protectedOne()
    const on = { status: 409, body: { code: 'second-factor-on' } }
    expect(await browser.post('/v1/account/second-factor', { password: PASSWORD })).toMatchObject(on)
    expect(await browser.post('/v1/account/second-factor/confirm', { code: codeOf(secret) })).toMatchObject(on)
  })

  test('the secret and the backup codes of a second factor are not stored in plain text', async () => {
    const { id, secret, backupCodes } = await protectedOne()
    const { rows } = await sql<{ t: string }>`SELECT f::text AS t FROM console_two_factors f
      WHERE account_id = ${id}`.execute(world.db)
    for (const text of [secret, ...backupCodes]) expect(rows[0]!.t).not.toContain(text)
  })
})

describe('a sign-in with a second factor', () => {
  test('a sign-in with a second factor gets a session only with the code', async () => {
    const { id, email, secret } = await protectedOne()
    const browser = visitor(world)
    const begun = await browser.signIn(email)
    expect(begun).toMatchObject(REQUIRED)
    expect([...browser.jar.keys()]).toEqual(['muster-second-factor'])
    expect(begun.headers.getSetCookie().join()).toMatch(/Max-Age=600; Path=\/; HttpOnly; SameSite=Lax/)
    expect((await browser.get('/v1/account')).status).toBe(401)
    expect(await browser.post('/v1/session/second-factor', { code: codeOf(secret) })).toMatchObject({
      status: 200,
      body: { status: 'signed-in', account: { id, secondFactor: true } },
    })
    expect([...browser.jar.keys()]).toEqual(['muster-session'])
    expect((await browser.get('/v1/account')).body.id).toBe(id)
  })

  test('a code works once, even within its 30 seconds', async () => {
    const { email, secret } = await protectedOne()
    const code = codeOf(secret)
    const [first, second] = [visitor(world), visitor(world)]
    for (const browser of [first, second]) await browser.signIn(email)
    expect((await first.post('/v1/session/second-factor', { code })).status).toBe(200)
    const replayed = await second.post('/v1/session/second-factor', { code })
    expect(replayed).toMatchObject({ status: 401, body: { code: 'sign-in-expired' } })
    expect((await second.get('/v1/account')).status).toBe(401)
  })

  test('each backup code works once', async () => {
    const { email, backupCodes } = await protectedOne()
    const [code = '', other = ''] = backupCodes
    const browser = visitor(world)
    await browser.signIn(email)
    expect((await browser.post('/v1/session/second-factor', { code: ` ${code} ` })).status).toBe(200)
    const again = visitor(world)
    await again.signIn(email)
    expect(await again.post('/v1/session/second-factor', { code })).toMatchObject(WRONG)
    expect((await again.post('/v1/session/second-factor', { code: other })).status).toBe(200)
  })

  test('a sign-in ends after five wrong codes, and its account is locked after ten', async () => {
    const { email, secret } = await protectedOne()
    const expired = { status: 401, body: { code: 'sign-in-expired' } }
    for (let round = 0; round < 2; round++) {
      const browser = visitor(world)
      await browser.signIn(email)
      const codes = ['no-such-code', '000000', 'no-such-code', '000000', '000000']
      for (const code of codes) expect(await browser.post('/v1/session/second-factor', { code })).toMatchObject(WRONG)
      if (round === 0) {
        expect(await browser.post('/v1/session/second-factor', { code: codeOf(secret) })).toMatchObject(expired)
      }
    }
    const browser = visitor(world)
    await browser.signIn(email)
    expect(await browser.post('/v1/session/second-factor', { code: codeOf(secret) })).toMatchObject({
      status: 429,
      body: { code: 'rate-limited' },
    })
  })

  test('a second factor is rejected without the password step', async () => {
    const answer = await visitor(world).post('/v1/session/second-factor', { code: '123456' })
    expect(answer).toMatchObject({ status: 401, body: { code: 'sign-in-expired' } })
  })

  test('a second factor signs in the administrator of the password step, not the one of an existing session', async () => {
    const [mine, theirs] = [await protectedOne(), await protectedOne()]
    const browser = visitor(world)
    await browser.signIn(theirs.email)
    for (const [name, value] of mine.browser.jar) browser.jar.set(name, value)
    expect(await browser.post('/v1/session/second-factor', { code: codeOf(mine.secret) })).toMatchObject(WRONG)
    expect(await browser.post('/v1/session/second-factor', { code: codeOf(theirs.secret) })).toMatchObject({
      status: 200,
      body: { account: { id: theirs.id } },
    })
  })
})

test('the password turns the second factor off, and signing in is one step again', async () => {
  const { email, browser } = await protectedOne()
  const off = (password: string) => browser.delete('/v1/account/second-factor', { password })
  expect(await off('not my password')).toMatchObject({ status: 422, body: { code: 'wrong-password' } })
  expect((await off(PASSWORD)).status).toBe(204)
  expect((await browser.get('/v1/account')).body.secondFactor).toBe(false)
  expect((await visitor(world).signIn(email)).body.status).toBe('signed-in')
  expect(await off(PASSWORD)).toMatchObject({ status: 409, body: { code: 'second-factor-off' } })
})

describe('changing the password', () => {
  const NEW = 'another fine long phrase'

  test('changing the password needs the current one and ends all other sessions', async () => {
    const { email, browser } = await signedIn(world)
    const elsewhere = visitor(world)
    await elsewhere.signIn(email)
    const change = (current: string, next: string) => browser.post('/v1/account/password', { current, new: next })
    expect(await change('not my password', NEW)).toMatchObject({ status: 422, body: { code: 'wrong-password' } })
    expect((await elsewhere.get('/v1/account')).status).toBe(200)
    expect((await change(PASSWORD, NEW)).status).toBe(204)
    expect((await browser.get('/v1/account')).status).toBe(200)
    expect((await elsewhere.get('/v1/account')).status).toBe(401)
    expect((await visitor(world).signIn(email)).status).toBe(401)
    expect((await visitor(world).signIn(email, NEW)).status).toBe(200)
  })

  test.each([
    ['tooShort', 'short'],
    ['tooLong', 'x'.repeat(129)],
    ['common', 'password1234'],
    ['personal', 'mira mira mira'],
  ])('a new password that is %s is refused', async (fault, next) => {
    const { browser } = await signedIn(world, null, 'Mira')
    const answer = await browser.post('/v1/account/password', { current: PASSWORD, new: next })
    expect(answer).toMatchObject({ status: 422, body: { code: 'weak-password', fault } })
  })

  test('a stolen session cannot guess the password without limit', async () => {
    const { browser } = await signedIn(world)
    const statuses = []
    for (let n = 0; n < 12; n++) {
      statuses.push((await browser.post('/v1/account/password', { current: `guess ${n}`, new: NEW })).status)
    }
    expect(statuses.slice(-2)).toEqual([429, 429])
  })
})

test('an administrator can change only the name of their own account', async () => {
  const { browser } = await signedIn(world)
  expect(await browser.patch('/v1/account', { name: ' Mira K. ' })).toMatchObject({
    status: 200,
    body: { name: 'Mira K.' },
  })
  for (const body of [{ name: '' }, { role: 'platform' }, { name: 'x', companies: null }]) {
    expect((await browser.patch('/v1/account', body)).status, JSON.stringify(body)).toBe(422)
  }
})

test('an API key has no account of its own', async () => {
  const platform = world.as(await world.key())
  for (const path of ['/v1/account/second-factor', '/v1/account/password']) {
    const body = path.endsWith('password') ? { current: 'x', new: 'y' } : { password: 'x' }
    expect(await platform.post(path, body), path).toMatchObject({ status: 403, body: { code: 'account-required' } })
  }
  expect(await platform.get('/v1/account')).toMatchObject({ status: 403, body: { code: 'account-required' } })
})
