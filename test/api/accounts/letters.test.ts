import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dispatch } from '../../../api/imports/decide/dispatcher.ts'
import type { RunningWorker } from '../../../worker/run.ts'
import { accountLetterWorkflowId } from '../../../workflows/import-messages.ts'
import { apiWorld, NOWHERE, type World } from '../../support/api-world.ts'
import { startWorker, stopWorker } from '../../support/imports.ts'
import { type Sink, startSink, textOf } from '../../support/servers/smtp-sink.ts'
import { anAccount, signedIn, visitor } from '../../support/visitor.ts'

let world: World
let sink: Sink
let worker: RunningWorker
let boss: Awaited<ReturnType<typeof signedIn>>
const lines: string[] = []

beforeAll(async () => {
  sink = await startSink()
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  world = await apiWorld(import.meta.url, { log, env: { SMTP_URL: sink.url } })
  worker = await startWorker(world)
  boss = await signedIn(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
  await sink.close()
})

const CHOSEN = 'seven grey geese in may'
let number = 0

async function invited(more: { name?: string } = {}) {
  number += 1
  const email = `new${number}@muster.example`
  const answer = await boss.browser.post('/v1/accounts', { email, name: 'Noor Haddad', role: 'platform', ...more })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  const url: string = answer.body.invitation.url
  return { id: answer.body.id as string, email, answer, url, api: apiOf(url) }
}

/** The API path of the link in an account e-mail. */
const apiOf = (url: string) => `/v1/account-invitations/${url.slice(url.lastIndexOf('/') + 1)}`

/** Waits until this many e-mails to an address have arrived, and returns them. */
const letters = (email: string, count = 1) =>
  vi.waitFor(
    () => {
      const found = sink.copies(email)
      if (found.length < count) throw new Error(`${found.length} letters, not ${count}`)
      return found
    },
    { timeout: 20_000, interval: 50 },
  )

const linkIn = (text: string) => /http:\/\/localhost:3000\/accept\/\S+/.exec(text)?.[0] ?? ''

const expire = (id: string) =>
  sql`UPDATE console_links SET expires_at = now() - interval '1 second' WHERE account_id = ${id}`.execute(world.db)

describe('an invitation', () => {
  test('an invitation returns and e-mails the same link, which sets the password', async () => {
    const { id, email, answer, url, api } = await invited()
    expect(answer.body).toMatchObject({ id, email, name: 'Noor Haddad', status: 'invited', role: 'platform' })
    const hours = (Date.parse(answer.body.invitation.expiresAt) - Date.now()) / 3_600_000
    expect(Math.abs(hours - 48)).toBeLessThan(0.1)
    expect(JSON.stringify((await boss.browser.get('/v1/accounts')).body)).not.toContain('/accept/')
    const [letter] = await letters(email)
    const text = textOf(letter!)
    expect(linkIn(text)).toBe(url)
    expect(text).toContain('Hello Noor Haddad,')
    const guest = visitor(world)
    for (let n = 0; n < 3; n++) {
      expect(await guest.get(api)).toMatchObject({
        status: 200,
        body: { kind: 'invitation', name: 'Noor Haddad', email },
      })
    }
    expect((await guest.signIn(email, CHOSEN)).status).toBe(401)
    expect((await guest.post(api, { password: CHOSEN, name: 'Noor H.' })).status).toBe(204)
    expect(await guest.signIn(email, CHOSEN)).toMatchObject({ status: 200, body: { account: { id, name: 'Noor H.' } } })
  })

  test('an invitation works once, even for 100 requests at the same time', async () => {
    const { api, email } = await invited()
    const guest = visitor(world)
    const passwords = Array.from({ length: 20 }, (_, n) => `${CHOSEN} ${n}`)
    const answers = await Promise.all(passwords.map((password) => guest.post(api, { password })))
    const won = answers.findIndex(({ status }) => status === 204)
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    for (const { status, body } of answers.filter(({ status }) => status !== 204)) {
      expect([status, body.code]).toEqual([410, 'link-used'])
    }
    expect((await visitor(world).signIn(email, passwords[won]!)).status).toBe(200)
    expect(await guest.get(api)).toMatchObject({ status: 410, body: { code: 'link-used' } })
  })

  test('an expired invitation can be sent again, and then only the newer link works', async () => {
    const { id, email, api } = await invited()
    const guest = visitor(world)
    await expire(id)
    for (const answer of [await guest.get(api), await guest.post(api, { password: CHOSEN })]) {
      expect(answer).toMatchObject({ status: 410, body: { code: 'link-expired' } })
    }
    const again = await boss.browser.post(`/v1/accounts/${id}/invitation`)
    expect(again.status).toBe(201)
    const newest = (await boss.browser.post(`/v1/accounts/${id}/invitation`)).body.url
    expect(await guest.get(apiOf(again.body.url))).toMatchObject({ status: 410, body: { code: 'link-replaced' } })
    await vi.waitFor(
      () => {
        if (!sink.copies(email).some((letter) => linkIn(textOf(letter)) === newest)) throw new Error('not there yet')
      },
      { timeout: 20_000 },
    )
    expect((await guest.post(apiOf(newest), { password: CHOSEN })).status).toBe(204)
    const active = await boss.browser.post(`/v1/accounts/${id}/invitation`)
    expect(active).toMatchObject({ status: 409, body: { code: 'account-active' } })
  })

  test('an invitation ends when its administrator is deleted or disabled', async () => {
    const { id, api } = await invited()
    await boss.browser.patch(`/v1/accounts/${id}`, { disabled: true })
    expect((await visitor(world).post(api, { password: CHOSEN })).body.code).toBe('link-replaced')
    await boss.browser.delete(`/v1/accounts/${id}`)
    expect((await visitor(world).post(api, { password: CHOSEN })).status).toBe(404)
  })

  test('an invitation rejects a weak password and can still be used afterwards', async () => {
    const { api } = await invited()
    const weak = await visitor(world).post(api, { password: 'noor haddad' })
    expect(weak).toMatchObject({ status: 422, body: { code: 'weak-password' } })
    expect((await visitor(world).post(api, { password: CHOSEN })).status).toBe(204)
  })

  test.each([
    [{ email: 'a@x,b@evil.example', name: 'x', role: 'platform' }, 'email'],
    [{ email: 'one@x.example', name: ' ', role: 'platform' }, 'name'],
    [{ email: 'one@x.example', name: 'x', role: 'companies' }, 'companies'],
    [{ email: 'one@x.example', name: 'x', role: 'companies', companies: [] }, 'companies'],
    [{ email: 'one@x.example', name: 'x' }, 'role'],
  ])('an invitation is not created from %j', async (body, path) => {
    expect(await boss.browser.post('/v1/accounts', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } })
  })

  test('an invitation to the address of an administrator is rejected in any spelling', async () => {
    const { email } = await anAccount(world)
    const answer = await boss.browser.post('/v1/accounts', { email: email.toUpperCase(), name: 'x', role: 'platform' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'already-exists' } })
  })

  test('an invitation that does not exist is not found', async () => {
    for (const token of ['nonsense', `1.${'A'.repeat(43)}`]) {
      expect((await visitor(world).get(`/v1/account-invitations/${token}`)).status).toBe(404)
      const answer = await visitor(world).post(`/v1/account-invitations/${token}`, { password: CHOSEN })
      expect(answer.status).toBe(404)
    }
  })

  test('an invitation is e-mailed with the returned link once the mail server is back', async () => {
    sink.script.mail = () => ({ code: 451 })
    const { email, url } = await invited()
    sink.script = {}
    const [letter, ...more] = await letters(email)
    expect(linkIn(textOf(letter!))).toBe(url)
    expect(more).toEqual([])
  })

  test('an invitation is created while Temporal is down, without a delay for the administrator', async () => {
    const alone = await apiWorld(import.meta.url, { env: { TEMPORAL_ADDRESS: NOWHERE, SMTP_URL: sink.url } })
    try {
      const key = alone.as(await alone.key())
      const answer = await key.post('/v1/accounts', { email: 'early@muster.example', name: 'Early', role: 'platform' })
      expect(answer).toMatchObject({ status: 201, body: { invitation: { url: expect.any(String) } } })
      const started = await alone.db.selectFrom('console_links').select('workflow_started_at').execute()
      expect(started).toEqual([{ workflow_started_at: null }])
    } finally {
      await alone.close()
    }
    const { email } = await anAccount(world)
    const { id } = await world.db
      .selectFrom('console_accounts')
      .where('email', '=', email)
      .select('id')
      .executeTakeFirstOrThrow()
    await world.db
      .insertInto('console_links')
      .values({
        account_id: id,
        kind: 'password',
        token_hash: Buffer.alloc(32),
        expires_at: new Date(Date.now() + 60_000),
        created_at: new Date(Date.now() - 5_000),
      })
      .execute()
    await dispatch(world.deps)
    expect(await letters(email)).toHaveLength(1)
  })
})

describe('a forgotten password', () => {
  const forget = (email: string) => visitor(world).post('/v1/account/forgotten', { email })

  test('a forgotten password is replaced through an e-mailed link, all sessions end and the second factor stays', async () => {
    const { email, browser } = await signedIn(world)
    expect((await forget(email)).status).toBe(202)
    const [letter] = await letters(email)
    const api = apiOf(linkIn(textOf(letter!)))
    const guest = visitor(world)
    expect(await guest.get(api)).toMatchObject({ status: 200, body: { kind: 'password', email } })
    expect((await browser.get('/v1/account')).status).toBe(200)
    expect((await guest.post(api, { password: CHOSEN })).status).toBe(204)
    expect((await browser.get('/v1/account')).status).toBe(401)
    expect((await guest.signIn(email)).status).toBe(401)
    expect((await guest.signIn(email, CHOSEN)).status).toBe(200)
  })

  test('unknown, disabled and invited addresses get the same response about a forgotten password, and no e-mail', async () => {
    const known = await anAccount(world)
    const disabled = await anAccount(world)
    await boss.browser.patch(`/v1/accounts/${disabled.id}`, { disabled: true })
    const { email: invitee } = await invited()
    await letters(invitee)
    const timed = async (email: string) => {
      const began = performance.now()
      const { status, body } = await forget(email)
      return { answer: { status, body }, ms: performance.now() - began }
    }
    const answers = []
    for (const email of [known.email, 'stranger@muster.example', disabled.email, invitee])
      answers.push(await timed(email))
    for (const { answer, ms } of answers) {
      expect(answer).toEqual({ status: 202, body: '' })
      expect(ms).toBeGreaterThanOrEqual(295)
    }
    await letters(known.email)
    expect(sink.copies('stranger@muster.example')).toEqual([])
    expect(sink.copies(disabled.email)).toEqual([])
    expect(sink.copies(invitee)).toHaveLength(1)
  })

  test('repeated requests for a forgotten password send one e-mail', async () => {
    const { id, email } = await anAccount(world)
    await Promise.all([forget(email), forget(email), forget(email)])
    await forget(email)
    const links = await world.db.selectFrom('console_links').where('account_id', '=', id).selectAll().execute()
    expect(links).toHaveLength(1)
    const minutes = (links[0]!.expires_at.getTime() - Date.now()) / 60_000
    expect(Math.abs(minutes - 60)).toBeLessThan(1)
  })
})

test('no link, password, address or name is in the log, the workflow history or the stored row of a link', async () => {
  const { email, url, api } = await invited({ name: 'Ottilie Unmistakable' })
  await letters(email)
  await visitor(world).get(api)
  await visitor(world).post(api, { password: CHOSEN })
  const { id } = await world.db
    .selectFrom('console_links')
    .orderBy('id', 'desc')
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const client = await world.deps.temporal()
  const handle = client.workflow.getHandle(accountLetterWorkflowId(id))
  await handle.result()
  const history = JSON.stringify(await handle.fetchHistory(), (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString() : value,
  )
  expect(history).toContain(id)
  const { rows } = await sql<{ t: string }>`SELECT l::text AS t FROM console_links l WHERE id = ${id}`.execute(world.db)
  const token = url.slice(url.lastIndexOf('/') + 1)
  for (const text of [history, lines.join(''), rows[0]!.t]) {
    for (const secret of [token, email, 'Unmistakable', CHOSEN]) expect(text).not.toContain(secret)
  }
})
