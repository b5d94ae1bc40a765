import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBody } from '../../../api/people/read-body.ts'
import { allCustomFields } from '../../../db/catalogue/custom-fields.ts'
import { inTransaction } from '../../../db/core/transaction.ts'
import { addPerson } from '../../../db/people/add-person.ts'
import { checkMapping } from '../../../domain/people/mapping.ts'
import { readPerson } from '../../../domain/people/person.ts'
import { none } from '../../../domain/people/templates/index.ts'
import type { World } from '../../support/api-world.ts'
import { type PersonWorld, personWorld } from './person-world.ts'

let all: PersonWorld
let platform: ReturnType<World['as']>

beforeAll(async () => {
  all = await personWorld(import.meta.url)
  platform = all.platform
})
afterAll(() => all.close())

const nobody = '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'
let count = 0
const person = (more: object = {}) => ({
  email: `zoe${++count}@example.com`,
  firstName: 'Zoë',
  company: all.blue.company,
  language: 'hu-hu',
  ...more,
})
const paths = (answer: { body: { errors: { path: string }[] } }) => answer.body.errors.map(({ path }) => path)
const codes = (answer: { body: { errors: { path: string; code: string }[] } }) =>
  answer.body.errors.map(({ path, code }) => [path, code])

describe('FORMATS: a single person can be created', () => {
  test('a user with every field of a row is returned completely, and no e-mail is sent', async () => {
    const { given, blue } = all
    const made = await platform.post(
      '/v1/users',
      person({
        email: ' Zoe@Example.COM ',
        lastName: ' Ódor ',
        cohort: blue.cohort,
        jobRole: ' Welder ',
        region: 'North',
        description: 'Left-handed',
        label: 'VIP',
        permissionSet: given.permissionSet,
        groups: [given.group, given.group],
        courses: [blue.course],
        custom: { desk: ' R-12 ', shoeSize: 42.5, startDate: '2026-03-05', shift: 'evening' },
      }),
    )
    expect(made).toMatchObject({ status: 201 })
    expect(made.headers.get('Location')).toBe(`/v1/users/${made.body.id}`)
    expect(made.body).toEqual({
      activatedAt: null,
      id: made.body.id,
      email: 'Zoe@Example.COM',
      firstName: 'Zoë',
      lastName: 'Ódor',
      company: blue.company,
      cohort: blue.cohort,
      groups: [given.group],
      language: 'hu-HU',
      jobRole: 'Welder',
      region: 'North',
      description: 'Left-handed',
      label: 'VIP',
      permissionSet: given.permissionSet,
      custom: { desk: 'R-12', shoeSize: 42.5, startDate: '2026-03-05', shift: 'Evening' },
      enabled: true,
      status: 'pending',
      courses: [blue.course],
    })
    expect((await platform.get(`/v1/users/${made.body.id}`)).body).toEqual(made.body)
    expect(await all.outbox(made.body.id)).toEqual([])
  })

  test('a user with only an address belongs to the one company of the key', async () => {
    const made = await all.blue.client.post('/v1/users', { email: 'alone@example.com' })
    expect(made).toMatchObject({
      status: 201,
      body: { firstName: '', lastName: null, company: all.blue.company, language: 'en', enabled: true, custom: {} },
    })
  })

  test('a user is enrolled through courses, collections and campaigns, once in each course with the nearest reason', async () => {
    const { aid, fire, collection, campaign } = all.given
    const enrol = { courses: [aid], collections: [collection], campaigns: [campaign] }
    const made = await platform.post('/v1/users', person({ enrol }))
    expect(made.body.courses).toEqual([aid, fire, all.blue.course].sort())
    const expected = [
      { course: aid, collection: null, campaign: null },
      { course: all.blue.course, collection, campaign: null },
      { course: fire, collection: null, campaign },
    ]
    expect(await all.reasons('enrolments', made.body.id)).toEqual(
      expected.sort((a, b) => (a.course < b.course ? -1 : 1)),
    )
  })

  test('a user gets the e-mail immediately, in the chosen language and with the chosen text', async () => {
    const contact = all.as(await all.key(null, { name: 'HR', contact: 'hr@example.com' }))
    const made = await contact.post(
      '/v1/users',
      person({ sendEmail: true, message: ' Welcome aboard. ', deliverTo: 'importer' }),
    )
    const [email, ...more] = await all.outbox(made.body.id)
    expect(more).toEqual([])
    expect(email).toMatchObject({
      kind: 'activation',
      state: 'queued',
      message: 'Welcome aboard.',
      deliver_to: 'hr@example.com',
    })
    const mailing = await all.db
      .selectFrom('mailings')
      .selectAll()
      .where('id', '=', email!.mailing_id)
      .executeTakeFirstOrThrow()
    expect(mailing.requested_by).toBe('HR')
    expect(mailing.workflow_started_at).not.toBeNull()
  })

  test('a disabled user gets no e-mail', async () => {
    const made = await platform.post('/v1/users', person({ enabled: false, sendEmail: true }))
    expect(made.body.status).toBe('disabled')
    expect(await all.outbox(made.body.id)).toEqual([])
  })

  test('a user without a company needs a platform-wide key and is visible only to such keys', async () => {
    const { body } = await platform.post('/v1/users', person({ company: null, courses: [all.given.closed] }))
    expect(body).toMatchObject({ company: null, courses: [all.given.closed] })
    expect((await all.blue.client.get(`/v1/users/${body.id}`)).status).toBe(404)
    const refused = await all.blue.client.post('/v1/users', person({ company: null }))
    expect(codes(refused)).toEqual([['company', 'missing-value']])
    const several = all.as(await all.key([all.blue.company, all.red.company]))
    expect(codes(await several.post('/v1/users', { email: 'x@example.com' }))).toEqual([['company', 'missing-value']])
  })
})

describe('the rules of a row', () => {
  /** The error codes of the same cells in a file without a template. */
  const inRow = async (cells: Record<string, string>) => {
    const names = Object.keys(cells)
    const mapping = Object.fromEntries(names.map((name) => [name, name]))
    const { columns } = checkMapping(none, names, mapping, await allCustomFields(all.db), true)
    return readPerson(Object.values(cells), columns).errors.map(({ column, code }) => [column, code])
  }

  test.each([
    [{ email: '' }],
    [{ email: 'ada at example' }],
    [{ email: 'a@x,b@evil' }],
    [{ email: '\u212A@example.com' }],
    [{ firstName: 'x'.repeat(1_001), lastName: 'x'.repeat(1_001) }],
    [{ jobRole: 'x'.repeat(1_001), region: 'x'.repeat(1_001) }],
    [{ description: 'x'.repeat(1_001), label: 'x'.repeat(1_001) }],
    [{ language: 'english' }],
    [{ language: 'en_GB', label: 'x'.repeat(1_001), email: 'x' }],
    [{ 'custom.desk': 'x'.repeat(1_001) }],
    [{ 'custom.shoeSize': '1.234,5', 'custom.startDate': '5 March', 'custom.shift': 'Night' }],
    [{ 'custom.shoeSize': '1e9', 'custom.startDate': '2026-02-30' }],
    [{ company: '', cohort: 'Spring' }],
  ])('a row and a body with %j get the same codes', async (cells: Record<string, string | undefined>) => {
    const row = { email: 'new@example.com', ...cells } as Record<string, string>
    const fields = Object.entries(row).filter(([name]) => !name.startsWith('custom.'))
    const custom = Object.entries(row).flatMap(([name, value]) =>
      name.startsWith('custom.') ? [[name.slice('custom.'.length), value]] : [],
    )
    const body = { ...Object.fromEntries(fields), custom: Object.fromEntries(custom) }
    if (row.cohort) Object.assign(body, { cohort: all.blue.cohort, company: null })
    const answer = await platform.post('/v1/users', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    const expected = await inRow(row)
    expect(expected.length).toBeGreaterThan(0)
    expect(codes(answer).sort()).toEqual(expected.sort())
  })

  test.each([
    [{ email: 'A.B@EXAMPLE.com ', language: ' EN-gb', firstName: ' Á ' }],
    [{ 'custom.shoeSize': '42,5', 'custom.shift': 'EVENING' }],
    [{ lastName: ' ', 'custom.desk': ' ' }],
  ])('a row and a body with %j get the same values', async (cells: Record<string, string | undefined>) => {
    const row = { email: `same${++count}@example.com`, ...cells } as Record<string, string>
    const names = Object.keys(row)
    const mapping = Object.fromEntries(names.map((name) => [name, name]))
    const { columns } = checkMapping(none, names, mapping, await allCustomFields(all.db), true)
    const read = readPerson(Object.values(row), columns)
    const custom = Object.fromEntries(
      names.filter((name) => name.startsWith('custom.')).map((name) => [name.slice(7), row[name]]),
    )
    const fields = Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('custom.')))
    const { body } = await platform.post('/v1/users', { ...fields, custom })
    expect(body).toMatchObject({
      email: read.email,
      firstName: read.firstName ?? '',
      lastName: read.lastName,
      language: read.language ?? 'en',
      custom: read.custom,
    })
  })

  test.each([
    [{ region: 'a\0' }, [['region', 'nul-character']]],
    [{ region: 'a\ud800' }, [['region', 'invalid-character']]],
    [{ custom: { desk: 'a\0', height: '5' } }, ['custom.height', 'custom.desk']],
    [{ groups: [nobody], permissionSet: nobody, cohort: nobody }, ['cohort', 'groups', 'permissionSet']],
    [{ courses: [nobody] }, [['courses', 'unknown-course']]],
    [{ status: 'active' }, [['status', 'unknown-field']]],
    [
      { firstName: 5, language: 'english' },
      [
        ['firstName', 'invalid-value'],
        ['language', 'invalid-language'],
      ],
    ],
    [{ message: 'Hello' }, [['message', 'message-without-emails']]],
    [{ deliverTo: 'importer' }, ['deliverTo', 'deliverTo']],
    [{ language: 'english', groups: [nobody], custom: { shoeSize: 'big' } }, ['language', 'custom.shoeSize', 'groups']],
  ])('every error of %j is returned at once', async (wrong, expected) => {
    const answer = await platform.post('/v1/users', person({ ...wrong }))
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(typeof expected[0] === 'string' ? paths(answer) : codes(answer)).toEqual(expected)
  })

  test('a user without an address is rejected', async () => {
    expect(codes(await platform.post('/v1/users', {}))).toEqual([['email', 'missing-value']])
  })

  test('closed courses and past campaigns are rejected without naming the course', async () => {
    const { closed, mixed, over } = all.given
    const wrong = { courses: [closed], enrol: { courses: [closed], collections: [mixed, nobody], campaigns: [over] } }
    const answer = await all.blue.client.post('/v1/users', { email: 'x@example.com', ...wrong })
    expect(codes(answer).sort()).toEqual([
      ['courses', 'unknown-course'],
      ['enrol.campaigns', 'campaign-over'],
      ['enrol.collections', 'enrol-not-available'],
      ['enrol.collections', 'unknown-id'],
      ['enrol.courses', 'unknown-id'],
    ])
    const { errors } = (
      await all.blue.client.post('/v1/users', { email: 'x@example.com', enrol: { collections: [mixed] } })
    ).body
    expect(JSON.stringify(errors)).not.toContain(closed)
  })
})

describe('an address', () => {
  test('an address belongs to one user in any spelling, and finds that user', async () => {
    const { body } = await platform.post('/v1/users', person({ email: 'One@example.com' }))
    const again = await platform.post('/v1/users', person({ email: 'ONE@example.com' }))
    expect(again).toMatchObject({ status: 409, body: { code: 'already-exists', user: body.id } })
    const found = await platform.get(`/v1/users?email=${encodeURIComponent('oNe@EXAMPLE.com')}`)
    expect(found.body.items).toEqual([body])
  })

  test('an address goes to one user when users and invitations claim it at the same time', async () => {
    const body = person({ email: 'race@example.com' })
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => platform.post(n % 2 ? '/v1/users' : '/v1/invitations', body)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...new Array(7).fill(409)])
    expect((await platform.get('/v1/users?email=race@example.com')).body.items).toHaveLength(1)
  })

  test('a request for an address waits for another request that claims it', async () => {
    const email = 'slow@example.com'
    const other = await inTransaction(all.db, async (trx) => {
      const { person: read } = readBody({ email, company: all.blue.company }, [])
      const ids = {
        cohort: null,
        permissionSet: null,
        groups: [],
        enrol: { courses: [], collections: [], campaigns: [] },
      }
      await addPerson(trx, { ...read, email, emailKey: email, ...ids }, 'invite')
      const asked = platform.post('/v1/users', person({ email }))
      await Promise.race([asked, somebodyWaits()])
      return { asked }
    })
    expect(await other.asked).toMatchObject({ status: 409, body: { code: 'already-exists' } })
  })

  /** Waits until a statement waits for a lock of another transaction. */
  async function somebodyWaits() {
    for (;;) {
      const { rows } = await sql`SELECT FROM pg_locks WHERE NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`.execute(all.db)
      if (rows.length > 0) return
    }
  }

  test('an address of a user outside the key gets the error of a row, without details', async () => {
    const taken = await all.blue.client.post('/v1/users', person({ email: all.red.email }))
    expect(taken.status).toBe(422)
    expect(codes(taken)).toEqual([['email', 'email-unavailable']])
    expect(JSON.stringify(taken.body)).not.toContain(all.red.user)
    const change = await all.blue.client.patch(`/v1/users/${all.blue.user}`, { email: all.red.email })
    expect(codes(change)).toEqual([['email', 'email-unavailable']])
    expect((await platform.post('/v1/users', person({ email: all.red.email }))).status).toBe(409)
  })
})

describe('a user', () => {
  test('a change sets the named fields of a user and keeps the others', async () => {
    const { group, permissionSet, aid, fire } = all.given
    const { body } = await platform.post(
      '/v1/users',
      person({
        region: 'East',
        cohort: all.blue.cohort,
        permissionSet,
        groups: [group],
        courses: [aid],
        custom: { desk: 'R-12', shoeSize: 42, shift: 'Morning' },
      }),
    )
    const first = await platform.patch(`/v1/users/${body.id}`, {
      lastName: ' Satō',
      region: '',
      enabled: false,
      cohort: null,
      custom: { desk: null, shoeSize: '43,5' },
      courses: [fire],
    })
    expect(first).toMatchObject({ status: 200 })
    const changed = {
      ...body,
      lastName: 'Satō',
      region: null,
      enabled: false,
      status: 'disabled',
      cohort: null,
      custom: { shoeSize: 43.5, shift: 'Morning' },
      courses: [fire],
    }
    expect(first.body).toEqual(changed)
    const second = await platform.patch(`/v1/users/${body.id}`, { permissionSet: null, groups: [], firstName: null })
    expect(second.body).toEqual({ ...changed, permissionSet: null, groups: [], firstName: '' })
    expect((await platform.patch(`/v1/users/${body.id}`, {})).body).toEqual(second.body)
  })

  test('an invalid change changes nothing, and every error is named', async () => {
    const { body } = await platform.post('/v1/users', person())
    const wrong = {
      email: 'x',
      language: '',
      custom: { height: 1, shift: 'Night' },
      groups: [nobody],
      label: 'x'.repeat(1_001),
    }
    const answer = await platform.patch(`/v1/users/${body.id}`, wrong)
    expect(codes(answer)).toEqual([
      ['custom.height', 'unknown-field'],
      ['email', 'invalid-email'],
      ['language', 'missing-value'],
      ['label', 'too-long'],
      ['custom.shift', 'invalid-choice'],
      ['groups', 'unknown-group'],
    ])
    expect((await platform.get(`/v1/users/${body.id}`)).body).toEqual(body)
    expect((await platform.patch(`/v1/users/${body.id}`, { email: all.red.email })).status).toBe(409)
  })

  test('a user cannot keep a cohort when the company changes or is removed', async () => {
    const { body } = await platform.post('/v1/users', person({ cohort: all.blue.cohort }))
    const move = { company: all.red.company }
    expect(codes(await platform.patch(`/v1/users/${body.id}`, move))).toEqual([['cohort', 'unknown-cohort']])
    expect(codes(await platform.patch(`/v1/users/${body.id}`, { company: null }))).toEqual([
      ['company', 'missing-value'],
    ])
    const moved = await platform.patch(`/v1/users/${body.id}`, { ...move, cohort: all.red.cohort })
    expect(moved.body).toMatchObject({ company: all.red.company, cohort: all.red.cohort })
    const homeless = await platform.patch(`/v1/users/${body.id}`, { company: null, cohort: null })
    expect(homeless.body).toMatchObject({ company: null, cohort: null })
  })

  test('a user keeps a course that the company may no longer use', async () => {
    const course = await all.made('courses', { title: 'Withdrawn', companies: [all.blue.company] })
    const { body } = await platform.post('/v1/users', person({ courses: [course] }))
    await platform.patch(`/v1/courses/${course}`, { companies: [] })
    const { aid } = all.given
    const changed = await platform.patch(`/v1/users/${body.id}`, { courses: [course, aid] })
    expect(changed.body.courses).toEqual([course, aid].sort())
  })

  test('a new address of a user ends the link that was sent to the old one', async () => {
    const { body } = await platform.post('/v1/users', person({ sendEmail: true }))
    const [email] = await all.outbox(body.id)
    const path = await all.delivered(email!)
    expect((await all.app.request(path)).status).toBe(200)
    await platform.patch(`/v1/users/${body.id}`, { email: body.email })
    expect((await all.app.request(path)).status).toBe(200)
    await platform.patch(`/v1/users/${body.id}`, { email: `new-${body.email}` })
    expect((await all.app.request(path)).status).toBe(410)
  })

  test('a user is active once a password is set, and lists filter by status and by every other field', async () => {
    const { permissionSet, group } = all.given
    await all.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', all.red.user).execute()
    expect((await platform.get(`/v1/users/${all.red.user}`)).body.status).toBe('active')
    const values = {
      jobRole: 'Pilot',
      region: 'West',
      label: 'First',
      description: 'Tall',
      permissionSet,
      groups: [group],
    }
    await platform.patch(`/v1/users/${all.red.user}`, values)
    const queries = [
      'status=active',
      'jobRole=Pilot',
      'region=West',
      'label=First',
      'description=Tall',
      `permissionSet=${permissionSet}&company=${all.red.company}`,
      `group=${group}&company=${all.red.company}`,
      `cohort=${all.red.cohort}&firstName=Ada`,
      `course=${all.red.course}&enabled=true`,
    ]
    for (const query of queries) {
      const { items } = (await platform.get(`/v1/users?${query}&limit=200`)).body
      const ids = items.map((user: { id: string }) => user.id)
      expect(ids, query).toContain(all.red.user)
      expect(ids, query).not.toContain(all.blue.user)
    }
    for (const query of ['enabled=maybe', 'label=%00', 'email=x']) {
      expect((await platform.get(`/v1/users?${query}`)).status, query).toBe(422)
    }
  })
})
