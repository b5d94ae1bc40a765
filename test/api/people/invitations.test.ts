import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, NOWHERE, type World } from '../../support/api-world.ts'
import { type PersonWorld, personWorld } from './person-world.ts'

let all: PersonWorld
let platform: ReturnType<World['as']>

beforeAll(async () => {
  all = await personWorld(import.meta.url)
  platform = all.platform
})
afterAll(() => all.close())

const PASSWORD = 'liquid teapot garden'
let count = 0
const invite = (more: object = {}) => ({ email: `mira${++count}@example.com`, company: all.blue.company, ...more })
const codes = (answer: { body: { errors: { path: string; code: string }[] } }) =>
  answer.body.errors.map(({ path, code }) => [path, code])
const ids = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id)
const accept = (path: string) =>
  all.app.request(path, { method: 'POST', body: new URLSearchParams({ password: PASSWORD }) })
/** The fields that only an active account has. */
const activated = { status: 'active', activatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) }
const isUser = async (id: string) =>
  (await all.db.selectFrom('users').select('id').where('id', '=', id).execute()).length === 1

describe('FORMATS: a single person can be invited', () => {
  test('an invitation with every field creates no account and sends an e-mail', async () => {
    const { given, blue } = all
    const made = await platform.post(
      '/v1/invitations',
      invite({
        firstName: 'Mira',
        language: 'de',
        label: 'VIP',
        permissionSet: given.permissionSet,
        groups: [given.group],
        custom: { desk: 'R-12' },
        courses: [blue.course],
        enrol: { campaigns: [given.campaign] },
        message: 'See you on Monday.',
      }),
    )
    expect(made).toMatchObject({
      status: 201,
      body: {
        firstName: 'Mira',
        company: blue.company,
        language: 'de',
        label: 'VIP',
        permissionSet: given.permissionSet,
        groups: [given.group],
        custom: { desk: 'R-12' },
        status: 'invited',
        courses: [blue.course, given.fire].sort(),
      },
    })
    const { id } = made.body
    expect(made.headers.get('Location')).toBe(`/v1/invitations/${id}`)
    expect(await isUser(id)).toBe(false)
    expect(await all.outbox(id)).toMatchObject([{ kind: 'activation', state: 'queued', message: 'See you on Monday.' }])
    expect((await platform.get(`/v1/invitations/${id}`)).body).toEqual(made.body)
    expect((await platform.get(`/v1/users/${id}`)).body).toEqual(made.body)
  })

  test('an invitation without an e-mail can get its e-mail later from the user list', async () => {
    const { body } = await platform.post('/v1/invitations', invite({ sendEmail: false }))
    expect(await all.outbox(body.id)).toEqual([])
    expect((await platform.post(`/v1/users/${body.id}/activation`)).status).toBe(202)
    expect(await all.outbox(body.id)).toHaveLength(1)
  })

  test('an invitation is created while Temporal is down, and its e-mail waits', async () => {
    const down = await apiWorld(import.meta.url, { env: { TEMPORAL_ADDRESS: NOWHERE } })
    const made = await down.as(await down.key()).post('/v1/invitations', { email: 'patient@example.com' })
    expect(made.status).toBe(201)
    expect(await down.db.selectFrom('mailings').select('workflow_started_at').execute()).toEqual([
      { workflow_started_at: null },
    ])
    await down.close()
  })

  test('an invitation follows the rules of a row, and every error is returned at once', async () => {
    const wrong = { email: 'x', language: 'english', custom: { shift: 'Night', height: 5 }, cohort: all.red.cohort }
    expect(codes(await platform.post('/v1/invitations', invite(wrong)))).toEqual([
      ['custom.height', 'unknown-field'],
      ['email', 'invalid-email'],
      ['language', 'invalid-language'],
      ['custom.shift', 'invalid-choice'],
      ['cohort', 'unknown-cohort'],
    ])
  })

  test('a user with an account or an invitation is not invited again', async () => {
    const { body } = await platform.post('/v1/invitations', invite({ email: 'Twice@example.com' }))
    const taken = { status: 409, body: { code: 'already-exists', user: body.id } }
    for (const path of ['/v1/invitations', '/v1/users']) {
      expect(await platform.post(path, invite({ email: 'twice@EXAMPLE.com' }))).toMatchObject(taken)
    }
    expect(await platform.post('/v1/invitations', invite({ email: all.blue.email }))).toMatchObject({
      status: 409,
      body: { user: all.blue.user },
    })
    expect(await all.outbox(body.id)).toHaveLength(1)
  })
})

describe('accepting an invitation', () => {
  test('accepting creates a user with the id, the values and the course reasons of the invitation', async () => {
    const { given, blue } = all
    const { body } = await platform.post(
      '/v1/invitations',
      invite({
        cohort: blue.cohort,
        permissionSet: given.permissionSet,
        groups: [given.group],
        custom: { shoeSize: 42 },
        enrol: { collections: [given.collection] },
      }),
    )
    const reasons = await all.reasons('invitation_courses', body.id)
    expect(reasons.map(({ collection }) => collection)).toEqual([given.collection, given.collection])
    const [email] = await all.outbox(body.id)
    const path = await all.delivered(email!)
    expect((await accept(path)).status).toBe(200)
    expect((await platform.get(`/v1/users/${body.id}`)).body).toEqual({ ...body, ...activated })
    expect(await all.reasons('enrolments', body.id)).toEqual(reasons)
    expect((await platform.get(`/v1/invitations/${body.id}`)).status).toBe(404)
    expect((await platform.delete(`/v1/invitations/${body.id}`)).status).toBe(404)
    expect((await platform.get(`/v1/users/${body.id}`)).status).toBe(200)
  })

  test('accepting uses the changes made since the invitation', async () => {
    const { body } = await platform.post('/v1/invitations', invite({ custom: { desk: 'A', shoeSize: 40 } }))
    const path = await all.delivered((await all.outbox(body.id))[0]!)
    const change = { firstName: 'Mira', custom: { desk: null, shift: 'Morning' }, groups: [all.given.group] }
    const changed = await platform.patch(`/v1/invitations/${body.id}`, change)
    expect(changed.body).toEqual({ ...body, ...change, custom: { shoeSize: 40, shift: 'Morning' } })
    const again = await platform.patch(`/v1/users/${body.id}`, { courses: [all.given.aid], label: 'New' })
    expect(again.body).toEqual({ ...changed.body, courses: [all.given.aid], label: 'New' })
    await accept(path)
    expect((await platform.get(`/v1/users/${body.id}`)).body).toEqual({ ...again.body, ...activated })
  })
})

describe('withdrawing an invitation', () => {
  test('a withdrawn invitation has no working link and is not found', async () => {
    const { body } = await platform.post('/v1/invitations', invite())
    const path = await all.delivered((await all.outbox(body.id))[0]!)
    expect((await all.app.request(path)).status).toBe(200)
    expect((await platform.delete(`/v1/invitations/${body.id}`)).status).toBe(204)
    expect((await all.app.request(path)).status).toBe(404)
    expect((await accept(path)).status).toBe(404)
    expect(await isUser(body.id)).toBe(false)
    const { rows } = await sql`SELECT FROM activation_links WHERE person_id = ${body.id} AND ended_at IS NULL`.execute(
      all.db,
    )
    expect(rows).toEqual([])
    for (const where of ['invitations', 'users']) {
      expect((await platform.get(`/v1/${where}/${body.id}`)).status).toBe(404)
      expect((await platform.patch(`/v1/${where}/${body.id}`, { label: 'x' })).status).toBe(404)
    }
    expect((await platform.delete(`/v1/invitations/${body.id}`)).status).toBe(404)
  })

  test('withdrawing an invitation cancels its queued e-mail and frees the address', async () => {
    const { body } = await platform.post('/v1/invitations', invite())
    await platform.delete(`/v1/invitations/${body.id}`)
    expect(await all.outbox(body.id)).toMatchObject([{ state: 'superseded' }])
    expect((await platform.post('/v1/users', invite({ email: body.email }))).status).toBe(201)
  })

  test('withdrawing and accepting at the same time has one result', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { body } = await platform.post('/v1/invitations', invite())
        return { id: body.id as string, path: await all.delivered((await all.outbox(body.id))[0]!) }
      }),
    )
    for (const { id, path } of made) {
      const [accepted, removed] = await Promise.all([accept(path), platform.delete(`/v1/invitations/${id}`)])
      expect([accepted.status, removed.status]).toEqual((await isUser(id)) ? [200, 404] : [404, 204])
    }
  })
})

describe('lists of users and invitations', () => {
  test('the user list has users and invitations in one order, page by page, with distinct statuses', async () => {
    const company = await all.made('companies', { name: 'Long Lists' })
    const expected: string[] = []
    for (let n = 0; n < 11; n++) {
      expected.push(await all.made(n % 3 ? 'users' : 'invitations', { email: `list${n}@example.com`, company }))
    }
    const client = all.as(await all.key([company]))
    for (const [asker, query] of [
      [platform, `&company=${company}`],
      [client, ''],
    ] as const) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await asker.get(`/v1/users?limit=4${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
        seen.push(...ids(page))
        cursor = page.body.next
      }
      expect(seen).toEqual(expected)
    }
    const invited = expected.filter((_, n) => n % 3 === 0)
    expect(ids(await client.get('/v1/users?status=invited'))).toEqual(invited)
    expect(ids(await client.get('/v1/users?status=pending'))).toEqual(expected.filter((_, n) => n % 3))
    expect(ids(await client.get('/v1/invitations'))).toEqual(invited)
    const some = await client.get('/v1/invitations?limit=3')
    expect(ids(await client.get(`/v1/invitations?limit=3&cursor=${some.body.next}`))).toEqual(invited.slice(3))
    expect(ids(await client.get('/v1/invitations?email=LIST3@example.com'))).toEqual([expected[3]])
    expect(ids(await client.get('/v1/invitations?email=list4@example.com'))).toEqual([])
    await client.patch(`/v1/users/${expected[0]}`, { enabled: false })
    expect(ids(await client.get('/v1/users?status=disabled'))).toEqual([expected[0]])
    expect(ids(await client.get('/v1/users?status=invited'))).toEqual(invited.slice(1))
  })

  test('lists filter invitations by every field', async () => {
    const { group, permissionSet, aid } = all.given
    const fields = { firstName: 'Ines', lastName: 'Paz', jobRole: 'Pilot', region: 'West', description: 'Tall' }
    const { body } = await platform.post(
      '/v1/invitations',
      invite({
        ...fields,
        label: 'L',
        language: 'es',
        cohort: all.blue.cohort,
        permissionSet,
        groups: [group],
        courses: [aid],
      }),
    )
    const queries = [
      ...Object.entries(fields).map(([name, value]) => `${name}=${value}`),
      'label=L',
      'language=es',
      `cohort=${all.blue.cohort}`,
      `permissionSet=${permissionSet}`,
      `group=${group}`,
      `course=${aid}`,
      'enabled=true',
      `email=${body.email}`,
    ]
    for (const query of queries) {
      expect(ids(await platform.get(`/v1/users?status=invited&limit=200&${query}`)), query).toContain(body.id)
    }
    expect(ids(await platform.get('/v1/users?status=invited&lastName=Other'))).toEqual([])
  })
})

describe('a key of one company', () => {
  test('a key of one company sees, changes and withdraws only its own invitations', async () => {
    const mine = (await all.blue.client.post('/v1/invitations', { email: 'mine@example.com' })).body.id
    const theirs = (await all.red.client.post('/v1/invitations', { email: 'theirs@example.com' })).body.id
    const homeless = (await platform.post('/v1/invitations', { email: 'homeless@example.com' })).body.id
    expect((await platform.get(`/v1/users/${mine}`)).body.company).toBe(all.blue.company)
    for (const id of [theirs, homeless]) {
      for (const where of ['invitations', 'users']) {
        expect((await all.blue.client.get(`/v1/${where}/${id}`)).status).toBe(404)
        expect((await all.blue.client.patch(`/v1/${where}/${id}`, { label: 'x' })).status).toBe(404)
      }
      expect((await all.blue.client.delete(`/v1/invitations/${id}`)).status).toBe(404)
      expect((await platform.get(`/v1/invitations/${id}`)).status).toBe(200)
    }
    for (const path of ['/v1/invitations?limit=200', '/v1/users?limit=200']) {
      const seen = ids(await all.blue.client.get(path))
      expect(seen).toContain(mine)
      expect(seen).not.toContain(theirs)
      expect(seen).not.toContain(homeless)
    }
    const several = all.as(await all.key([all.blue.company, all.red.company]))
    expect(ids(await several.get('/v1/invitations?limit=200'))).toEqual(expect.arrayContaining([mine, theirs]))
  })

  test('a key of one company gets the error of a row for an address of another company', async () => {
    await platform.post('/v1/invitations', { email: 'elsewhere@example.com' })
    for (const path of ['/v1/invitations', '/v1/users']) {
      const answer = await all.blue.client.post(path, { email: 'elsewhere@example.com' })
      expect([answer.status, codes(answer)]).toEqual([422, [['email', 'email-unavailable']]])
    }
  })

  test('a key of one company cannot move an invitation to another company', async () => {
    const { body } = await all.blue.client.post('/v1/invitations', invite())
    for (const company of [all.red.company, null]) {
      expect((await all.blue.client.patch(`/v1/invitations/${body.id}`, { company })).status).toBe(422)
    }
    expect((await platform.get(`/v1/invitations/${body.id}`)).body).toEqual(body)
  })
})
