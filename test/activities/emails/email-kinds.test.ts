import { sql } from 'kysely'
import { type DestinationStream, pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLetters } from '../../../activities/emails/write/letters.ts'
import { inTransaction } from '../../../db/core/transaction.ts'
import { claimEmails } from '../../../db/emails/claim-emails.ts'
import { finishEmails } from '../../../db/emails/outbox.ts'
import { hashPassword, verifyPassword } from '../../../security/password.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import {
  aMailing,
  config,
  invite,
  mailDeps,
  outboxRow,
  queue,
  sendOnce,
  skipWaiting,
  userRow,
} from '../../support/mail-world.ts'
import { linkOf, passwordOf, type Script, startSink, subjectOf, textOf } from '../../support/servers/smtp-sink.ts'

let database: TestDatabase
const open: { close(): Promise<void> | void }[] = []

beforeAll(async () => {
  database = await openDatabase()
})
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
afterAll(() => database.close())

async function world(script: Script = {}) {
  const sink = await startSink(script)
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) } as DestinationStream)
  const deps = { ...mailDeps(database.db, sink.url), log }
  open.push(sink, deps.transport)
  return { sink, deps, db: database.db, logged }
}

/** Gives users this password, as if they had chosen it and activated their accounts. */
const OLD = 'liquid teapot garden'
async function active(ids: string[]) {
  const hashed = await hashPassword(OLD)
  await sql`UPDATE users SET password_hash = ${hashed}, activated_at = '2026-01-01' WHERE id = ANY(${ids}::uuid[])`.execute(
    database.db,
  )
}

describe('a generated password', () => {
  test('a generated password is e-mailed with the sign-in address and is set once the server has accepted the e-mail', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 3, { kind: 'password', forceReset: true, message: 'See you soon' })
    expect(await sendOnce(deps, mailingId)).toEqual({ sent: 3, failed: 0, open: 0, retryInMs: null })
    for (const { id, email } of people) {
      const text = textOf(sink.copies(email)[0]!)
      const password = passwordOf(sink.copies(email)[0]!)
      expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){5}$/)
      for (const part of [email, 'https://learn.example/in\n', 'See you soon', 'choose a new password of your own']) {
        expect(text).toContain(part)
      }
      const user = await userRow(db, id)
      expect(user.activated_at).not.toBeNull()
      expect(user.must_change_password).toBe(true)
      expect(user.password_hash).toMatch(/^sha256\$/)
      expect(await verifyPassword(user.password_hash!, password)).toBe(true)
    }
    expect(new Set(sink.journal.map(passwordOf)).size).toBe(3)
    expect(await db.selectFrom('activation_links').where('person_id', '=', people[0]!.id).execute()).toEqual([])
  })

  test('a generated password need not be changed if the import says so', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 1, { kind: 'password', forceReset: false })
    await sendOnce(deps, mailingId)
    expect(textOf(sink.journal[0]!)).not.toContain('choose a new password')
    expect((await userRow(db, people[0]!.id)).must_change_password).toBe(false)
  })

  test('a generated password replaces the one of an active user, whose activation time stays', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 1, { kind: 'password' })
    await active([people[0]!.id])
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
    const user = await userRow(db, people[0]!.id)
    expect(user.activated_at).toEqual(new Date('2026-01-01'))
    expect(await verifyPassword(user.password_hash!, passwordOf(sink.journal[0]!))).toBe(true)
    expect(await verifyPassword(user.password_hash!, OLD)).toBe(false)
  })

  test('a generated password in a rejected e-mail changes nothing, and the old one still works', async () => {
    const { deps, db } = await world({ rcpt: () => ({ code: 550, text: 'no such mailbox' }) })
    const { mailingId, people } = await invite(db, 2, { kind: 'password' })
    await active([people[0]!.id])
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, failed: 2 })
    const [old, pending] = await Promise.all(people.map((person) => userRow(db, person.id)))
    expect(await verifyPassword(old!.password_hash!, OLD)).toBe(true)
    expect(old!.must_change_password).toBe(false)
    expect(pending).toMatchObject({ password_hash: null, activated_at: null })
  })

  test('a generated password comes in an identical second copy if the delivery of the first is unknown', async () => {
    const { sink, deps, db } = await world({ dot: (_message, nth) => (nth === 1 ? 'drop' : 'ok') })
    const { mailingId, people } = await invite(db, 2, { kind: 'password', language: 'de', message: 'Grüße\nMira' })
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, open: 2 })
    expect((await userRow(db, people[0]!.id)).password_hash).toBeNull()
    await skipWaiting(db, mailingId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 2, open: 0 })
    for (const { id, email } of people) {
      const copies = sink.copies(email)
      expect(copies).toHaveLength(2)
      expect(copies[0]!.raw).toBe(copies[1]!.raw)
      expect(await verifyPassword((await userRow(db, id)).password_hash!, passwordOf(copies[0]!))).toBe(true)
    }
  })

  test('a generated password is the same after a crash between the acceptance and the commit', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 1, { kind: 'password' })
    const { email, id } = people[0]!
    // A process that is killed at this point has claimed and sent the e-mail, and has recorded nothing.
    const letters = createLetters(config)
    const [claimed] = await claim(mailingId)
    await deps.transport.send(async () => letters.write(claimed!, email))
    expect((await userRow(db, id)).password_hash).toBeNull()
    await skipWaiting(db, mailingId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
    expect(new Set(sink.copies(email).map((copy) => copy.sha256)).size).toBe(1)
    expect(sink.copies(email)).toHaveLength(2)
    expect(await verifyPassword((await userRow(db, id)).password_hash!, passwordOf(sink.journal[0]!))).toBe(true)
  })

  test('a generated password is set only by the attempt that holds the e-mail', async () => {
    const { db } = await world()
    const { mailingId, people } = await invite(db, 1, { kind: 'password' })
    const [zombie] = await claim(mailingId)
    await skipWaiting(db, mailingId)
    const [holder] = await claim(mailingId)
    const ending = { outcome: 'sent' as const, error: null }
    await finishEmails(db, [{ ...ending, id: zombie!.id, attempt: zombie!.attempt, passwordHash: 'zombie' }], 48)
    expect((await userRow(db, people[0]!.id)).password_hash).toBeNull()
    await finishEmails(db, [{ ...ending, id: holder!.id, attempt: holder!.attempt, passwordHash: 'holder' }], 48)
    expect((await userRow(db, people[0]!.id)).password_hash).toBe('holder')
  })

  test('the newer of two generated passwords in flight counts, whichever finishes last', async () => {
    const { db } = await world()
    const { mailingId, people } = await invite(db, 1, { kind: 'password' })
    const [older] = await claim(mailingId)
    const later = await aMailing(db)
    await queue(db, later, people, { kind: 'password' })
    const [newer] = await claim(later)
    for (const [email, passwordHash] of [[newer!, 'newer'] as const, [older!, 'older'] as const]) {
      await finishEmails(db, [{ id: email.id, attempt: email.attempt, outcome: 'sent', error: null, passwordHash }], 48)
    }
    expect((await userRow(db, people[0]!.id)).password_hash).toBe('newer')
  })

  test('a generated password is sent neither to disabled users nor to invitations', async () => {
    const { sink, deps, db } = await world()
    const { mailingId } = await invite(db, 1, { kind: 'password', enabled: false })
    const invited = await invite(db, 1, { kind: 'password', invited: true })
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, open: 0 })
    expect(await sendOnce(deps, invited.mailingId)).toMatchObject({ sent: 0, open: 0 })
    expect(sink.journal).toHaveLength(0)
  })

  test('a generated password is in its e-mail only, not in the log or the database', async () => {
    const { sink, deps, db, logged } = await world({
      rcpt: (address) => (address.startsWith('p1-') ? { code: 451 } : 'ok'),
      dot: (message) => (message.to[0]?.startsWith('p2-') ? { code: 554, text: `spam: ${passwordOf(message)}` } : 'ok'),
    })
    const { mailingId, people } = await invite(db, 3, { kind: 'password' })
    await sendOnce(deps, mailingId)
    const rows = await sql`SELECT to_jsonb(o) AS o, to_jsonb(u) AS u FROM outbox o JOIN users u ON u.id = o.person_id
      WHERE o.mailing_id = ${mailingId}`.execute(db)
    const kept = JSON.stringify(rows.rows) + logged.join('')
    expect((await outboxRow(db, people[2]!.outboxId)).error?.message).toContain('spam')
    for (const password of sink.journal.map(passwordOf)) {
      expect(password).not.toBe('')
      expect(kept).not.toContain(password)
      expect(kept).not.toContain(password.replaceAll('-', ''))
    }
  })
})

test('a welcome e-mail says who gives the password, and has no link and no password', async () => {
  const { sink, deps, db } = await world()
  const { mailingId, people } = await invite(db, 1, { kind: 'welcome', forceReset: true })
  await active([people[0]!.id])
  expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
  const text = textOf(sink.journal[0]!)
  expect(text).toContain('The administrator there will tell you the password')
  expect(text).toContain(people[0]!.email)
  expect(text).toContain('choose a new password')
  expect(linkOf(sink.journal[0]!) + passwordOf(sink.journal[0]!)).toBe('')
  expect(await verifyPassword((await userRow(db, people[0]!.id)).password_hash!, OLD)).toBe(true)
  expect(await db.selectFrom('activation_links').where('person_id', '=', people[0]!.id).execute()).toEqual([])
})

test('an invitation e-mail names the invitation in its subject and at its link', async () => {
  const { sink, deps, db } = await world()
  const { mailingId } = await invite(db, 2, { invited: true })
  expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 2 })
  expect(subjectOf(sink.journal[0]!)).toMatch(/^Blue Harbour .* invites you/)
  expect(textOf(sink.journal[0]!)).toMatch(/Accept the invitation:\s+https:\/\/muster\.example\/activate\/1\./)
})

test('the platform greets a user without a company or a first name', async () => {
  const { sink, deps, db } = await world()
  const { mailingId } = await invite(db, 1, { homeless: true, firstName: '' })
  expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
  expect(subjectOf(sink.journal[0]!)).toBe('Activate your account at Muster')
  expect(textOf(sink.journal[0]!)).toMatch(/^Hello,\s+Muster has created an account for you/)
})

describe('an e-mail that goes to the importer', () => {
  const importer = 'hr@blueharbour.example'

  test.each(['activation', 'password', 'welcome'] as const)(
    'an e-mail of kind %s to the importer names its user and has one recipient',
    async (kind) => {
      const { sink, deps, db } = await world()
      const { mailingId, people } = await invite(db, 2, { kind, deliverTo: importer })
      expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 2 })
      expect(sink.journal.map((message) => message.to)).toEqual([[importer], [importer]])
      for (const { email, id } of people) {
        const message = sink.journal.find((one) => textOf(one).includes(email))!
        expect(subjectOf(message)).toContain(`For Mira Tóth (${email}): `)
        expect(textOf(message)).toMatch(new RegExp(`^This e-mail is for Mira Tóth \\(${email}\\)`))
        expect(message.raw).not.toMatch(new RegExp(`^(to|cc|bcc):.*${email}`, 'im'))
        if (kind === 'password') {
          expect(await verifyPassword((await userRow(db, id)).password_hash!, passwordOf(message))).toBe(true)
        }
      }
    },
  )

  test('an e-mail with two addresses in its stored recipient is never sent', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 1, { deliverTo: 'a@x.example,b@evil.example' })
    expect(await sendOnce(deps, mailingId)).toMatchObject({ failed: 1 })
    expect((await outboxRow(db, people[0]!.outboxId)).error).toMatchObject({ code: 'invalid-address' })
    expect(sink.journal).toHaveLength(0)
  })
})

test('an e-mail to a deleted invitation is dropped, and the others are sent', async () => {
  const { deps, db } = await world()
  const { mailingId, people } = await invite(db, 2, { invited: true })
  await db.deleteFrom('invitations').where('id', '=', people[0]!.id).execute()
  expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1, open: 0 })
  expect((await outboxRow(db, people[0]!.outboxId)).state).toBe('superseded')
})

const claim = (mailingId: string) => {
  const { tokenHash } = createLetters(config)
  return inTransaction(database.db, (trx) =>
    claimEmails(trx, { mailingId, limit: 10, leaseMs: 45_000, linkHours: 48, tokenHash }),
  )
}
