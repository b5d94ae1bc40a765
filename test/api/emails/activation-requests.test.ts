import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activationRequestRoutes } from '../../../api/emails/activation-requests.ts'
import type { AppEnv } from '../../../api/http/deps.ts'
import { problemOf, problemResponse } from '../../../api/http/problems.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import { invite } from '../../support/mail-world.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const as = (companies: string[] | null, contact: string | null) => {
  const app = new OpenAPIHono<AppEnv>()
  app.use(async (c, next) => {
    c.set('caller', { keyId: 'k', accountId: null, name: 'HR system', prefix: 'mk_test', companies, contact })
    await next()
  })
  app.onError((error, c) => problemResponse(problemOf(error), c.get('requestId')))
  return app.route('/v1', activationRequestRoutes({ db: database.db }))
}
const ask = (path: string, body?: unknown, companies: string[] | null = null, contact: string | null = null) =>
  as(companies, contact).request(path, {
    method: 'POST',
    ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
  })
const companyOf = async (id: string) =>
  (await database.db.selectFrom('users').select('company_id').where('id', '=', id).executeTakeFirstOrThrow())
    .company_id!
const statesOf = async (id: string) =>
  (await database.db.selectFrom('outbox').select('state').where('person_id', '=', id).orderBy('id').execute()).map(
    (row) => row.state,
  )

describe('POST /v1/users/{id}/activation', () => {
  test('an activation request queues one new e-mail in its own mailing, which replaces the queued one', async () => {
    const { people } = await invite(database.db, 1)
    const answer = await ask(`/v1/users/${people[0]!.id}/activation`)
    expect(answer.status).toBe(202)
    const body = (await answer.json()) as { mailing: string }
    expect(body).toMatchObject({ queued: 1, skipped: [], skippedTotal: 0 })
    expect(await statesOf(people[0]!.id)).toEqual(['superseded', 'queued'])
    const mailing = await database.db
      .selectFrom('mailings')
      .selectAll()
      .where('id', '=', body.mailing)
      .executeTakeFirstOrThrow()
    expect(mailing).toMatchObject({ requested_by: 'HR system', workflow_started_at: null })
  })

  test('an activation request returns why an active or disabled user gets no e-mail', async () => {
    const { people } = await invite(database.db, 2)
    const [active, disabled] = people
    await database.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', active!.id).execute()
    await database.db.updateTable('users').set({ enabled: false }).where('id', '=', disabled!.id).execute()
    for (const [user, code] of [
      [active, 'already-active'],
      [disabled, 'user-disabled'],
    ] as const) {
      const answer = await ask(`/v1/users/${user!.id}/activation`)
      expect(answer.status).toBe(409)
      expect(answer.headers.get('Content-Type')).toContain('application/problem+json')
      expect(await answer.json()).toMatchObject({ code, status: 409 })
    }
  })

  test('an activation request returns 404 for a user outside the companies of the key', async () => {
    const { people } = await invite(database.db, 1)
    const other = await invite(database.db, 1)
    const answer = await ask(`/v1/users/${people[0]!.id}/activation`, undefined, [await companyOf(other.people[0]!.id)])
    expect(answer.status).toBe(404)
    expect(await statesOf(people[0]!.id)).toEqual(['queued'])
  })
})

describe('POST /v1/activations', () => {
  test('an activation request for many users queues all allowed users in one mailing and returns the reasons for the others', async () => {
    const { people } = await invite(database.db, 3)
    const foreign = await invite(database.db, 1)
    await database.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', people[2]!.id).execute()
    const users = [...people, ...people, ...foreign.people].map((person) => person.id)
    const answer = await ask('/v1/activations', { users }, [await companyOf(people[0]!.id)])
    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({
      queued: 2,
      skippedTotal: 2,
      skipped: [
        { user: people[2]!.id, reason: 'already-active' },
        { user: foreign.people[0]!.id, reason: 'user-not-found' },
      ],
    })
  })

  test('an activation request for a company queues its enabled users who are not active yet', async () => {
    const { people } = await invite(database.db, 5)
    const company = await companyOf(people[0]!.id)
    await database.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', people[0]!.id).execute()
    await database.db.updateTable('users').set({ enabled: false }).where('id', '=', people[1]!.id).execute()
    const answer = await ask('/v1/activations', { company })
    expect(await answer.json()).toMatchObject({
      queued: 3,
      skipped: [{ user: people[1]!.id, reason: 'user-disabled' }],
    })
    expect((await ask('/v1/activations', { company }, [])).status).toBe(404)
  })

  test('an activation request without a recipient creates no mailing', async () => {
    const before = await database.db.selectFrom('mailings').select('id').execute()
    const answer = await ask('/v1/activations', { users: ['019a0000-0000-7000-8000-000000000000'] })
    expect(await answer.json()).toMatchObject({ mailing: null, queued: 0 })
    expect(await database.db.selectFrom('mailings').select('id').execute()).toHaveLength(before.length)
  })

  test('two simultaneous activation requests leave one open e-mail for each user', async () => {
    const { people } = await invite(database.db, 50)
    const users = people.map((person) => person.id)
    const answers = await Promise.all([
      ask('/v1/activations', { users }),
      ask('/v1/activations', { users: [...users].reverse() }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([202, 202])
    for (const person of people) {
      expect((await statesOf(person.id)).filter((state) => state === 'queued')).toHaveLength(1)
    }
  })
})

describe('invited users', () => {
  const companyOfInvitation = async (id: string) =>
    (await database.db.selectFrom('invitations').select('company_id').where('id', '=', id).executeTakeFirstOrThrow())
      .company_id!

  test('invited users get a new e-mail that replaces the queued one, by their id or with their company', async () => {
    const { people } = await invite(database.db, 2, { invited: true })
    const [first, second] = people
    expect((await ask(`/v1/users/${first!.id}/activation`)).status).toBe(202)
    expect(await statesOf(first!.id)).toEqual(['superseded', 'queued'])
    const answer = await ask('/v1/activations', { company: await companyOfInvitation(first!.id) })
    expect(await answer.json()).toMatchObject({ queued: 2, skippedTotal: 0 })
    expect(await statesOf(second!.id)).toEqual(['superseded', 'queued'])
  })

  test('invited users get no e-mail while they are disabled, and are not found by keys of other companies', async () => {
    const { people } = await invite(database.db, 1, { invited: true, enabled: false })
    const answer = await ask(`/v1/users/${people[0]!.id}/activation`)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'user-disabled' })
    expect((await ask(`/v1/users/${people[0]!.id}/activation`, undefined, [])).status).toBe(404)
  })

  test('invited users without a company are found by platform-wide keys only', async () => {
    const { people } = await invite(database.db, 1, { homeless: true })
    expect((await ask(`/v1/users/${people[0]!.id}/activation`, undefined, [])).status).toBe(404)
    expect((await ask(`/v1/users/${people[0]!.id}/activation`)).status).toBe(202)
  })
})

describe('deliverTo: importer', () => {
  const contact = 'hr@blueharbour.example'
  const recipientsOf = async (id: string) =>
    (
      await database.db.selectFrom('outbox').select('deliver_to').where('person_id', '=', id).orderBy('id').execute()
    ).map((row) => row.deliver_to)

  test('deliverTo: importer sends to the contact of the key, for one user and for many', async () => {
    const { people } = await invite(database.db, 1)
    const body = { deliverTo: 'importer' }
    expect((await ask(`/v1/users/${people[0]!.id}/activation`, body, null, contact)).status).toBe(202)
    expect((await ask('/v1/activations', { users: [people[0]!.id], ...body }, null, contact)).status).toBe(202)
    expect(await recipientsOf(people[0]!.id)).toEqual([null, contact, contact])
  })

  test('deliverTo: importer is rejected for a key without a contact, and queues nothing', async () => {
    const { people } = await invite(database.db, 1)
    for (const answer of [
      await ask(`/v1/users/${people[0]!.id}/activation`, { deliverTo: 'importer' }),
      await ask('/v1/activations', { users: [people[0]!.id], deliverTo: 'importer' }),
    ]) {
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({ errors: [{ path: 'deliverTo' }] })
    }
    expect(await recipientsOf(people[0]!.id)).toEqual([null])
  })

  test('deliverTo rejects any other value, and its default is the user', async () => {
    const { people } = await invite(database.db, 1)
    expect((await ask(`/v1/users/${people[0]!.id}/activation`, { deliverTo: 'boss' }, null, contact)).status).not.toBe(
      202,
    )
    expect((await ask(`/v1/users/${people[0]!.id}/activation`, {}, null, contact)).status).toBe(202)
    expect(await recipientsOf(people[0]!.id)).toEqual([null, null])
  })
})

test('a queued password e-mail is replaced by the link that was requested after it', async () => {
  const { people } = await invite(database.db, 1, { kind: 'password' })
  expect((await ask(`/v1/users/${people[0]!.id}/activation`)).status).toBe(202)
  expect(await statesOf(people[0]!.id)).toEqual(['superseded', 'queued'])
})
