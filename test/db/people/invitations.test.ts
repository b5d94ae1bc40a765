import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { activateRoutes } from '../../../api/emails/activate-routes.ts'
import type { Trx } from '../../../db/core/database.ts'
import { inTransaction } from '../../../db/core/transaction.ts'
import { queueActivations, useLink } from '../../../db/emails/activation.ts'
import { claimEmails } from '../../../db/emails/claim-emails.ts'
import { finishEmails } from '../../../db/emails/outbox.ts'
import { removeInvitation } from '../../../db/people/change-person.ts'
import { createLinkTokens, hashToken } from '../../../security/link-token.ts'
import { verifyPassword } from '../../../security/password.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import {
  config,
  invite,
  linkRow,
  outboxRow,
  type PeopleOptions,
  type Person,
  userRow,
} from '../../support/mail-world.ts'

let database: TestDatabase
let app: ReturnType<typeof activateRoutes>
const tokens = createLinkTokens(config.MUSTER_SECRET)
const PASSWORD = 'liquid teapot garden'
const asked = { requestedBy: 'test', deliverTo: null }

beforeAll(async () => {
  database = await openDatabase()
  app = activateRoutes({ db: database.db, config })
})
afterAll(() => database.close())

const tokenHash = (id: string) => hashToken(tokens.tokenFor(id))

async function deliver(mailingId: string) {
  const claimed = await inTransaction(database.db, (trx) =>
    claimEmails(trx, { mailingId, limit: 1_000, leaseMs: 45_000, linkHours: 48, tokenHash }),
  )
  const endings = claimed.map(({ id, attempt }) => ({ id, attempt, outcome: 'sent' as const, error: null }))
  await finishEmails(database.db, endings, 48)
}

/** An invitation whose e-mail the mail server accepted, with the path of its link. */
async function invited(options: PeopleOptions = {}) {
  const { mailingId, people } = await invite(database.db, 1, { invited: true, ...options })
  await deliver(mailingId)
  return { ...people[0]!, mailingId, path: `/activate/${tokens.tokenFor(people[0]!.outboxId)}` }
}

const post = (path: string, fields: Record<string, string> = { password: PASSWORD }) =>
  app.request(path, { method: 'POST', body: new URLSearchParams(fields) })

const invitation = (id: string) =>
  database.db.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirst()

/** Gives an invitation all possible values, two groups and two courses with reasons. */
async function fill(id: string) {
  const { rows } = await sql<{ groups: string[]; courses: string[]; reason: string }>`
    WITH g AS (INSERT INTO groups (name) VALUES ('A ' || ${id}::text), ('B ' || ${id}::text) RETURNING id),
      c AS (INSERT INTO courses (title) VALUES ('First Aid'), ('Welding') RETURNING id),
      s AS (INSERT INTO permission_sets (name) VALUES ('Team ' || ${id}::text) RETURNING id),
      k AS (INSERT INTO cohorts (company_id, name) SELECT company_id, 'Spring' FROM invitations WHERE id = ${id}
        RETURNING id)
    SELECT ARRAY(SELECT id::text FROM g ORDER BY 1) AS groups, ARRAY(SELECT id::text FROM c ORDER BY 1) AS courses,
      (SELECT id FROM s)::text || '/' || (SELECT id FROM k)::text AS reason`.execute(database.db)
  const { groups, courses, reason } = rows[0]!
  const [permissionSet, cohort] = reason.split('/')
  await sql`UPDATE invitations SET cohort_id = ${cohort}, job_role = 'Welder', region = 'North', description = 'd',
    label = 'l', permission_set_id = ${permissionSet}, custom = '{"badge": 7}' WHERE id = ${id}`.execute(database.db)
  await sql`INSERT INTO invitation_groups SELECT ${id}, unnest(${groups}::uuid[])`.execute(database.db)
  await sql`INSERT INTO invitation_courses (invitation_id, course_id, import_id, collection_id, campaign_id) VALUES
    (${id}, ${courses[0]}, ${id}, ${groups[0]}, NULL), (${id}, ${courses[1]}, ${id}, NULL, ${groups[1]})`.execute(
    database.db,
  )
  return { groups, courses }
}

/** A user with the address of an invitation, created after it. */
async function rivalOf(person: Person, values: { enabled?: boolean; active?: boolean } = {}) {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO users (email, email_key, first_name, company_id, language, enabled, activated_at, password_hash)
    SELECT email, email_key, 'Rival', company_id, 'en', ${values.enabled ?? true},
      CASE WHEN ${values.active ?? false} THEN now() END, CASE WHEN ${values.active ?? false} THEN 'theirs' END
    FROM invitations WHERE id = ${person.id} RETURNING id`.execute(database.db)
  return rows[0]!.id
}

describe('accepting an invitation', () => {
  test('an invitation link opens a page about the invitation, and no user exists until the form is sent', async () => {
    const { path, id } = await invited()
    for (let n = 0; n < 3; n++) await app.request(path, { method: 'HEAD' })
    const page = await app.request(path)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Create my account')
    expect(await database.db.selectFrom('users').where('id', '=', id).execute()).toEqual([])
  })

  test('accepting creates a user with the same id, all values, groups, courses and reasons, and ends the invitation', async () => {
    const { path, id, outboxId } = await invited()
    const { groups, courses } = await fill(id)
    const before = await invitation(id)
    const done = await post(path)
    expect(done.status).toBe(200)
    expect(await done.text()).toContain('Your account is active')
    const user = await userRow(database.db, id)
    const { import_id: _, created_at: __, updated_at: ___, ...values } = before!
    expect(user).toMatchObject(values)
    expect(user).toMatchObject({ must_change_password: false, job_role: 'Welder', custom: { badge: 7 } })
    expect(user.activated_at).not.toBeNull()
    expect(await verifyPassword(user.password_hash!, PASSWORD)).toBe(true)
    const { rows } = await sql`SELECT
      ARRAY(SELECT group_id::text FROM user_groups WHERE user_id = ${id} ORDER BY 1) AS groups,
      (SELECT json_agg(json_build_array(course_id, import_id, collection_id, campaign_id) ORDER BY course_id)
        FROM enrolments WHERE user_id = ${id}) AS enrolments`.execute(database.db)
    const enrolments = [
      [courses[0], id, groups[0], null],
      [courses[1], id, null, groups[1]],
    ]
    expect(rows[0]).toEqual({ groups, enrolments })
    expect(await invitation(id)).toBeUndefined()
    const left = await sql`SELECT FROM invitation_groups WHERE invitation_id = ${id}
      UNION ALL SELECT FROM invitation_courses WHERE invitation_id = ${id}`.execute(database.db)
    expect(left.rows).toEqual([])
    expect((await linkRow(database.db, outboxId)).used_at).not.toBeNull()
    expect(await (await app.request(path)).text()).toContain('already active')
    expect((await post(path)).status).toBe(409)
  })

  test('one of a hundred simultaneous acceptances in two processes wins, and the others read "already active"', async () => {
    const { path, id } = await invited()
    await fill(id)
    const other = activateRoutes({ db: database.db, config })
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, n) =>
        [app, other][n % 2]!.request(path, {
          method: 'POST',
          body: new URLSearchParams({ password: `${PASSWORD} ${n}` }),
        }),
      ),
    )
    const winners = answers.flatMap((answer, n) => (answer.status === 200 ? [n] : []))
    expect(winners).toHaveLength(1)
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(99)
    const user = await userRow(database.db, id)
    expect(await verifyPassword(user.password_hash!, `${PASSWORD} ${winners[0]}`)).toBe(true)
  })

  test('an acceptance that is cut off before the commit changes nothing and can be repeated', async () => {
    const { path, id, outboxId } = await invited()
    await fill(id)
    const cut = inTransaction(database.db, async (trx) => {
      expect(await useLink(trx, tokenHash(outboxId), 'hash')).toBe('live')
      await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(trx)
    })
    await expect(cut).rejects.toThrow()
    expect(await invitation(id)).toBeDefined()
    expect((await linkRow(database.db, outboxId)).used_at).toBeNull()
    expect((await post(path)).status).toBe(200)
  })

  test('accepting a disabled invitation refers to the administrator and changes nothing', async () => {
    const { path, id } = await invited()
    await database.db.updateTable('invitations').set({ enabled: false }).where('id', '=', id).execute()
    expect((await app.request(path)).status).toBe(403)
    expect((await post(path)).status).toBe(403)
    expect(await invitation(id)).toBeDefined()
  })

  test('accepting rejects a weak password with the text of the invitation page', async () => {
    const { path, id } = await invited({ homeless: true })
    const page = await post(path, { password: 'Mira Tóth Mira' })
    expect(page.status).toBe(422)
    expect(await page.text()).toContain('Muster invites you')
    expect(await invitation(id)).toBeDefined()
  })
})

describe('an invitation whose address has a new user', () => {
  test('accepting an invitation activates a new user with its address, who gets its e-mail and link', async () => {
    const person = await invited()
    const rival = await rivalOf(person)
    expect((await post(person.path)).status).toBe(200)
    const user = await userRow(database.db, rival)
    expect(user.first_name).toBe('Rival')
    expect(await verifyPassword(user.password_hash!, PASSWORD)).toBe(true)
    expect(user.activated_at).not.toBeNull()
    expect(await invitation(person.id)).toBeUndefined()
    expect((await outboxRow(database.db, person.outboxId)).person_id).toBe(rival)
    expect((await linkRow(database.db, person.outboxId)).person_id).toBe(rival)
    expect(await (await app.request(person.path)).text()).toContain('already active')
  })

  test('accepting an invitation ends the live link of a new user with its address', async () => {
    const person = await invited()
    const rival = await rivalOf(person)
    const { rows } = await sql<{ id: string; mailingId: string }>`INSERT INTO outbox (mailing_id, person_id)
      VALUES (uuidv7(), ${rival}) RETURNING id, mailing_id AS "mailingId"`.execute(database.db)
    await deliver(rows[0]!.mailingId)
    expect((await post(person.path)).status).toBe(200)
    expect((await linkRow(database.db, rows[0]!.id)).ended_at).not.toBeNull()
    expect((await post(`/activate/${tokens.tokenFor(rows[0]!.id)}`)).status).toBe(409)
  })

  test('accepting an invitation leaves the password of an active user with its address and deletes the invitation', async () => {
    const person = await invited()
    const rival = await rivalOf(person, { active: true })
    expect((await post(person.path)).status).toBe(409)
    expect((await userRow(database.db, rival)).password_hash).toBe('theirs')
    expect(await invitation(person.id)).toBeUndefined()
  })

  test('accepting an invitation changes nothing if a user with its address is disabled', async () => {
    const person = await invited()
    const rival = await rivalOf(person, { enabled: false })
    expect((await post(person.path)).status).toBe(403)
    expect((await userRow(database.db, rival)).password_hash).toBeNull()
    expect(await invitation(person.id)).toBeDefined()
    expect((await linkRow(database.db, person.outboxId)).used_at).toBeNull()
  })

  test('accepting an invitation activates a user with its address who is created at the same time', async () => {
    const person = await invited()
    let accepted: Promise<Response> | undefined
    const rival = await inTransaction(database.db, async (trx) => {
      const { rows } = await sql<{ id: string }>`
        INSERT INTO users (email, email_key, first_name, company_id, language, enabled)
        SELECT email, email_key, 'Rival', company_id, 'en', true FROM invitations WHERE id = ${person.id}
        RETURNING id`.execute(trx)
      accepted = Promise.resolve(post(person.path))
      await waitsForLock()
      return rows[0]!.id
    })
    expect((await accepted)!.status).toBe(200)
    expect((await userRow(database.db, rival)).activated_at).not.toBeNull()
    expect(await invitation(person.id)).toBeUndefined()
  })
})

describe('the link of an invitation', () => {
  const expire = (outboxId: string) =>
    sql`WITH e AS (UPDATE outbox SET sent_at = sent_at - interval '5 days', created_at = created_at - interval '5 days'
      WHERE id = ${outboxId}) UPDATE activation_links SET expires_at = expires_at - interval '3 days'
      WHERE id = ${outboxId}`.execute(database.db)

  test('an expired invitation link can be renewed from its page, and the new link goes to the same recipient', async () => {
    const { path, id, outboxId } = await invited({ deliverTo: 'hr@blueharbour.example' })
    await expire(outboxId)
    expect((await post(path)).status).toBe(410)
    await Promise.all([1, 2, 3].map(() => post(`${path}/renew`, {})))
    const newer = await database.db
      .selectFrom('outbox')
      .selectAll()
      .where('person_id', '=', id)
      .where('state', '=', 'queued')
      .execute()
    expect(newer).toMatchObject([{ deliver_to: 'hr@blueharbour.example', kind: 'activation' }])
    await deliver(newer[0]!.mailing_id)
    expect((await app.request(path)).status).toBe(410)
    expect((await post(`/activate/${tokens.tokenFor(newer[0]!.id)}`)).status).toBe(200)
    expect((await userRow(database.db, id)).activated_at).not.toBeNull()
  })
})

test.each([
  ['an account', false],
  ['an invitation', true],
])('a second form for %s finds the link used while the first form is being saved', async (_name, isInvited) => {
  const person = await invited({ invited: isInvited })
  const second = await inTransaction(database.db, async (trx) => {
    expect(await useLink(trx, tokenHash(person.outboxId), 'first')).toBe('live')
    const waiting = inTransaction(database.db, (other) => useLink(other, tokenHash(person.outboxId), 'second'))
    await waitsForLock()
    return { waiting }
  })
  expect(await second.waiting).toBe('used')
  expect((await userRow(database.db, person.id)).password_hash).toBe('first')
})

test.each([
  ['a new one is asked for', (trx: Trx, id: string) => queueActivations(trx, { users: [id] }, asked)],
  ['the invitation is taken back', removeInvitation],
])('a locked e-mail blocks no other request and is dropped afterwards: %s', async (_name, change) => {
  const { mailingId, people } = await invite(database.db, 1, { invited: true })
  const { id, outboxId } = people[0]!
  await inTransaction(database.db, async (claiming) => {
    await sql`SELECT FROM outbox WHERE id = ${outboxId} FOR UPDATE`.execute(claiming)
    await inTransaction(database.db, async (trx) => {
      await sql`SET LOCAL lock_timeout = '5s'`.execute(trx)
      await change(trx, id)
    })
  })
  await deliver(mailingId)
  expect((await outboxRow(database.db, outboxId)).state).toBe('superseded')
})

test('accepting, sending and requesting e-mails at the same time causes no deadlock', async () => {
  const { mailingId, people } = await invite(database.db, 40, { invited: true })
  await deliver(mailingId)
  const ids = people.map((person) => person.id)
  const mailings: string[] = []
  const again = async (users: string[]) => {
    const { mailing } = await inTransaction(database.db, (trx) => queueActivations(trx, { users }, asked))
    if (mailing) mailings.push(mailing)
    if (mailing) await deliver(mailing)
  }
  const accept = ({ outboxId }: Person) =>
    inTransaction(database.db, (trx) => useLink(trx, tokenHash(outboxId), 'hash'))
  await Promise.all([...people.slice(0, 20).map(accept), again(ids), again([...ids].reverse()), ...people.map(accept)])
  // A claim skipped e-mails that another transaction held. They are claimed here.
  for (const mailing of mailings) await deliver(mailing)
  const { rows } = await sql<{ users: number; invitations: number; people: number }>`
    SELECT (SELECT count(*) FROM users WHERE id = ANY(${ids}::uuid[])) AS users,
      (SELECT count(*) FROM invitations WHERE id = ANY(${ids}::uuid[])) AS invitations,
      (SELECT count(*) FROM people WHERE id = ANY(${ids}::uuid[])) AS people`.execute(database.db)
  expect(rows[0]!.people).toBe(40)
  expect(rows[0]!.users + rows[0]!.invitations).toBe(40)
  // Users who accepted have no invitation any more. Each other invitation has one live link.
  const { rows: ways } = await sql<{ live: number }>`
    SELECT count(*) FILTER (WHERE coalesce(l.used_at, l.ended_at, l.expired_at) IS NULL) AS live
    FROM invitations i LEFT JOIN activation_links l ON l.person_id = i.id WHERE i.id = ANY(${ids}::uuid[])
    GROUP BY i.id`.execute(database.db)
  expect(ways.every(({ live }) => live === 1)).toBe(true)
})

/** Resolves when a session of this database waits for a lock. */
async function waitsForLock() {
  for (;;) {
    const { rows } = await sql`SELECT FROM pg_stat_activity WHERE datname = current_database()
      AND wait_event_type = 'Lock'`.execute(database.db)
    if (rows.length > 0) return
  }
}
