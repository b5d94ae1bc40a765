import { createHash } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activateRoutes } from '../../../api/emails/activate-routes.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import { deliver, linkPath, pass, sentLink, writeAgain } from '../../support/links.ts'
import { config, linkRow, type PeopleOptions } from '../../support/mail-world.ts'

let database: TestDatabase
let app: ReturnType<typeof activateRoutes>
const PASSWORD = 'liquid teapot garden'

beforeAll(async () => {
  database = await openDatabase()
  app = activateRoutes({ db: database.db, config })
})
afterAll(() => database.close())

const sent = (options: PeopleOptions = {}) => sentLink(database.db, options)

const post = (path: string, fields: Record<string, string>) =>
  app.request(path, { method: 'POST', body: new URLSearchParams(fields) })

describe('an opened activation link', () => {
  test('an activation link shows the form and stays valid, however often a scanner opens it', async () => {
    const { path, email, outboxId } = await sent()
    for (let n = 0; n < 20; n++) await app.request(path, { method: n % 2 ? 'HEAD' : 'GET' })
    const page = await app.request(path)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain('Choose your password')
    expect(text).toContain(email)
    expect(text).toContain('At least 12 characters')
    expect(text).not.toMatch(/https?:|<script>|<img/)
    expect((await linkRow(database.db, outboxId)).used_at).toBeNull()
  })

  test('an activation page stays out of caches, referrers, frames and search engines', async () => {
    const { path } = await sent()
    const { headers } = await app.request(path)
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(headers.get('Content-Security-Policy')).not.toContain('unsafe')
  })

  test('an activation page allows only its own style', async () => {
    const { path } = await sent()
    const page = await app.request(path)
    const style = /<style>([\s\S]*)<\/style>/.exec(await page.text())?.[1] ?? ''
    const digest = createHash('sha256').update(style).digest('base64')
    expect(page.headers.get('Content-Security-Policy')).toContain(`style-src 'sha256-${digest}';`)
  })

  test('an activation page loads a script on the form only, and the script may send no requests', async () => {
    const { path } = await sent()
    const form = await app.request(path)
    const policy = form.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('connect-src')
    const scripts = (await form.text()).match(/<script[^>]*>/g)
    expect(scripts).toEqual([expect.stringMatching(/^<script type="module" src="\/assets\/[\w-]+\.js">$/)])
    const unknown = await app.request('/activate/x')
    expect(unknown.headers.get('Content-Security-Policy')).not.toContain('script')
    expect(await unknown.text()).not.toContain('<script')
  })

  test('an activation page uses the language of the user, not of the browser', async () => {
    const { path } = await sent({ language: 'de-AT' })
    const page = await app.request(path, { headers: { 'Accept-Language': 'fr' } })
    expect(await page.text()).toContain('<html lang="de">')
  })

  test('an activation page uses the region of the user, also after the user requests a new link', async () => {
    const { path, id } = await sent({ language: 'pt-BR' })
    await writeAgain(database.db, id)
    const page = await (await app.request(path)).text()
    expect(page).toContain('<html lang="pt-BR">')
    expect(page).toContain('Receber um novo link')
    const language = /name="language" value="([^"]+)"/.exec(page)?.[1] ?? ''
    expect(await (await post(`${path}/renew`, { language })).text()).toContain('Confira sua caixa de entrada')
  })

  test.each(['/activate/1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '/activate/x', '/activate/%00'])(
    'the unknown activation link %s shows an error page',
    async (path) => {
      const page = await app.request(path, { headers: { 'Accept-Language': 'de-DE,de;q=0.9' } })
      expect(page.status).toBe(404)
      expect(await page.text()).toContain('Diesen Link kennen wir nicht')
    },
  )

  test.each([
    ['ca, es;q=0.9, en;q=0.5', 'es'],
    ['en;q=0.3, fr-CH, fr;q=0.8', 'fr'],
    ['pt-BR,pt;q=0.9', 'pt-BR'],
    ['hu;q=0, nl;q=0.1', 'nl'],
    ['*', 'en'],
    [';;q=x,,-,', 'en'],
  ])('an unknown activation link shows a browser that accepts %j the language %s', async (wanted, lang) => {
    const page = await app.request('/activate/x', { headers: { 'Accept-Language': wanted } })
    expect(await page.text()).toContain(`<html lang="${lang}">`)
  })

  test.each(['/', '/renew'])('an activation link with %s at its end redirects to the link', async (end) => {
    const { path } = await sent()
    const answer = await app.request(`${path}${end}`)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer')
    const location = answer.headers.get('Location') ?? ''
    expect(new URL(location, `http://x.example${path}${end}`).pathname).toBe(path)
  })

  test.each(['/activate', '/activate/', '/activate/x/y'])('the path %s without a link shows a page', async (path) => {
    const page = await app.request(path)
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('We do not know this link')
  })

  test('an activation page escapes the names of users and companies', async () => {
    const { path, id } = await sent()
    await sql`UPDATE companies SET name = '<b>"&''x ' || id WHERE id = (SELECT company_id FROM users WHERE id = ${id})`.execute(
      database.db,
    )
    expect(await (await app.request(path)).text()).not.toContain('<b>')
  })
})

describe('the password form', () => {
  test('the password form sets the password, activates the account and uses the link up', async () => {
    const { path, id, outboxId } = await sent()
    const done = await post(path, { password: PASSWORD })
    expect(done.status).toBe(200)
    expect(await done.text()).toContain('Your account is active')
    const user = await database.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(user.activated_at).not.toBeNull()
    expect(user.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verify(user.password_hash!, PASSWORD)).toBe(true)
    expect((await linkRow(database.db, outboxId)).used_at).not.toBeNull()
    expect(await (await app.request(path)).text()).toContain('already active')
  })

  test('the password form lets exactly one of a hundred simultaneous submits win, and the others read "already active"', async () => {
    const { path, id } = await sent()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => post(path, { password: `${PASSWORD} ${n}` })),
    )
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    const winners = texts.flatMap((text, n) => (text.includes('Your account is active') ? [n] : []))
    expect(winners).toHaveLength(1)
    expect(texts.filter((text) => text.includes('already active'))).toHaveLength(99)
    const user = await database.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(await verify(user.password_hash!, `${PASSWORD} ${winners[0]}`)).toBe(true)
  })

  test('the password form lets exactly one of two simultaneous API processes win', async () => {
    const { path } = await sent()
    const other = activateRoutes({ db: database.db, config })
    const body = () => new URLSearchParams({ password: PASSWORD })
    const answers = await Promise.all(
      [app, other, app, other].map(async (server) => server.request(path, { method: 'POST', body: body() })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409])
  })

  test.each([
    ['short', 'This has 5 characters. Please use at least 12.'],
    ['', 'This has 0 characters'],
    ['x', 'This has 1 character.'],
    ['x'.repeat(129), 'at most 128 characters'],
    ['password123456', 'guessed first'],
    ['Mira Tóth Mira', 'not your name'],
    ['Blue-Harbour 1', 'not your name'],
  ])('the password form rejects %j, shows the reason and changes nothing', async (password, reason) => {
    const { path, id } = await sent()
    const page = await post(path, { password })
    expect(page.status).toBe(422)
    const text = await page.text()
    expect(text).toContain(reason)
    expect(text).toContain('aria-invalid="true"')
    if (password.length > 5) expect(text).not.toContain(`"${password}"`)
    const user = await database.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(user.activated_at).toBeNull()
  })

  test('the password form counts characters and accepts a password in any script', async () => {
    const { path } = await sent()
    expect((await post(path, { password: 'むかしむかしあるところに' })).status).toBe(200)
  })

  test('the password form rejects a body that no form sends', async () => {
    const { path } = await sent()
    const body = new URLSearchParams({ password: 'x'.repeat(100_000) }).toString()
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) }
    expect((await app.request(path, { method: 'POST', body, headers })).status).toBe(413)
  })
})

describe('the expiry of a link', () => {
  test('an activation link expires at 48:00 hours and still works at 47:59', async () => {
    const early = await sent()
    await pass(database.db, early.outboxId, '47 hours 59 minutes')
    expect((await post(early.path, { password: PASSWORD })).status).toBe(200)

    const late = await sent()
    await pass(database.db, late.outboxId, '48 hours')
    expect((await app.request(late.path)).status).toBe(410)
    const answer = await post(late.path, { password: PASSWORD })
    expect(answer.status).toBe(410)
    expect(await answer.text()).toMatch(/ran out on \d+ \w+ \d{4} at \d\d:\d\d UTC\. Shall we send you a new one\?/)
  })

  test('the page of an expired link offers a new link, which works and ends the old one', async () => {
    const { path, id, outboxId } = await sent()
    await pass(database.db, outboxId, '3 days')
    await sql`UPDATE outbox SET sent_at = sent_at - interval '5 days', created_at = created_at - interval '5 days'
      WHERE id = ${outboxId}`.execute(database.db)
    const answer = await post(`${path}/renew`, { language: 'en' })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Check your inbox')
    const newer = await database.db
      .selectFrom('outbox')
      .selectAll()
      .where('person_id', '=', id)
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow()
    await deliver(database.db, newer.mailing_id)
    expect((await post(linkPath(newer.id), { password: PASSWORD })).status).toBe(200)
  })

  test('repeated requests for a new link send one e-mail', async () => {
    const { path, id, outboxId } = await sent()
    await pass(database.db, outboxId, '3 days')
    await sql`UPDATE outbox SET sent_at = sent_at - interval '5 days', created_at = created_at - interval '5 days'
      WHERE id = ${outboxId}`.execute(database.db)
    await Promise.all(Array.from({ length: 5 }, () => post(`${path}/renew`, {})))
    const rows = await database.db.selectFrom('outbox').select('id').where('person_id', '=', id).execute()
    expect(rows).toHaveLength(2)
    expect((await post(`${path}/renew`, {})).status).toBe(429)
  })

  test('the renewal page is the same for a live, used, expired or invented link', async () => {
    const live = await sent()
    const used = await sent()
    await post(used.path, { password: PASSWORD })
    const before = await database.db.selectFrom('outbox').select('id').execute()
    const paths = [live.path, used.path, `/activate/1.${'B'.repeat(43)}`, '/activate/nonsense']
    const answers = await Promise.all(paths.map((path) => post(`${path}/renew`, { language: 'en' })))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(texts).size).toBe(1)
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect(await database.db.selectFrom('outbox').select('id').execute()).toHaveLength(before.length)
  })
})

describe('a link without a form', () => {
  test('a replaced link shows that a newer link replaced it', async () => {
    const { path, id } = await sent()
    await writeAgain(database.db, id)
    const page = await app.request(path)
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('There is a newer link')
    expect((await post(path, { password: PASSWORD })).status).toBe(410)
  })

  test('a link of a disabled user refers to the administrator', async () => {
    const { path, id } = await sent()
    await database.db.updateTable('users').set({ enabled: false }).where('id', '=', id).execute()
    expect((await app.request(path)).status).toBe(403)
    expect(await (await post(path, { password: PASSWORD })).text()).toContain('ask the administrator')
  })
})
