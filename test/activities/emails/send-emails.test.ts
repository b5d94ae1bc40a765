import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { MailDeps } from '../../../activities/emails/deps.ts'
import { createSendEmails } from '../../../activities/emails/send-emails.ts'
import { inTransaction } from '../../../db/core/transaction.ts'
import { claimEmails } from '../../../db/emails/claim-emails.ts'
import { finishEmails } from '../../../db/emails/outbox.ts'
import { hashToken } from '../../../security/link-token.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import {
  activityEnvironment,
  invite,
  linkRow,
  mailDeps,
  outboxRow,
  sendOnce,
  skipWaiting,
} from '../../support/mail-world.ts'
import {
  linkOf,
  type Script,
  startRawServer,
  startSink,
  textOf,
  type Verdict,
} from '../../support/servers/smtp-sink.ts'

let database: TestDatabase
const open: { close(): Promise<void> | void }[] = []

beforeAll(async () => {
  database = await openDatabase()
})
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})
afterAll(() => database.close())

async function world(script: Script = {}, options: { connections?: number; deadlineMs?: number } = {}) {
  const sink = await startSink(script)
  const deps = mailDeps(database.db, sink.url, options)
  open.push(sink, deps.transport)
  return { sink, deps, db: database.db }
}

async function failureOf(deps: MailDeps, mailingId: string) {
  return sendOnce(deps, mailingId).then(
    () => expect.unreachable('the attempt should have failed'),
    (error) => error as { type: string; nonRetryable: boolean; message: string },
  )
}

describe('a server that accepts everything', () => {
  test('a mail server gets one message for each user, with a link that works for 48 hours after its acceptance', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 30, { message: 'See you on <Monday>' })
    expect(await sendOnce(deps, mailingId)).toEqual({ sent: 30, failed: 0, open: 0, retryInMs: null })
    expect(sink.journal).toHaveLength(30)
    for (const person of people) {
      const [message] = sink.copies(person.email)
      expect(message?.messageId).toBe(`<${person.outboxId}@muster.example>`)
      const link = linkOf(message!)
      expect(link).toMatch(/^https:\/\/muster\.example\/activate\/1\.[\w-]{43}$/)
      const row = await linkRow(db, person.outboxId)
      expect(row.token_hash).toEqual(hashToken(link.slice(link.lastIndexOf('/') + 1)))
      const { sent_at } = await outboxRow(db, person.outboxId)
      expect(row.expires_at.getTime() - sent_at!.getTime()).toBeCloseTo(48 * 3_600_000, -2)
    }
    expect(textOf(sink.journal[0]!)).toContain('See you on <Monday>')
    expect(sink.journal[0]!.raw).not.toContain('<Monday>:')
  })

  test('one attempt sends no more e-mails than its limit', async () => {
    const { sink, deps, db } = await world()
    const { mailingId } = await invite(db, 7)
    expect(await sendOnce(deps, mailingId, 5)).toMatchObject({ sent: 5, open: 2, retryInMs: 0 })
    expect(await sendOnce(deps, mailingId, 5)).toMatchObject({ sent: 2, open: 0 })
    expect(sink.journal).toHaveLength(7)
  })

  test('two senders at once send no message twice', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 120)
    const results = await Promise.all([1, 2, 3, 4].map(() => sendOnce(deps, mailingId, 40)))
    expect(results.reduce((sum, result) => sum + result.sent, 0)).toBe(120)
    for (const person of people) expect(sink.copies(person.email)).toHaveLength(1)
  })

  test('no e-mail is sent to users who are disabled, active, or have a newer e-mail', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 4)
    const [disabled, active, newer] = people
    await db.updateTable('users').set({ enabled: false }).where('id', '=', disabled!.id).execute()
    await db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', active!.id).execute()
    const later = await db
      .insertInto('mailings')
      .values({ requested_by: 'test' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('outbox').values({ mailing_id: later.id, person_id: newer!.id, message: null }).execute()
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1, open: 0 })
    expect(sink.journal.map((message) => message.to)).toEqual([[people[3]!.email]])
    expect((await outboxRow(db, disabled!.outboxId)).state).toBe('superseded')
  })
})

describe('a reply about one recipient', () => {
  test('a 5xx reply at RCPT is recorded without the address, and the other e-mails are sent', async () => {
    const { sink, deps, db } = await world({
      rcpt: (address) => (address.startsWith('p1-') ? { code: 550, text: `5.1.1 <${address}> no such mailbox` } : 'ok'),
    })
    const { mailingId, people } = await invite(db, 5)
    expect(await sendOnce(deps, mailingId)).toEqual({ sent: 4, failed: 1, open: 0, retryInMs: null })
    const row = await outboxRow(db, people[1]!.outboxId)
    expect(row.state).toBe('failed')
    expect(row.error).toMatchObject({ code: 'refused', reply: 550 })
    expect(row.error?.message).toContain('no such mailbox')
    expect(row.error?.message).not.toContain('@')
    expect(sink.journal).toHaveLength(4)
  })

  test('a 5xx reply at the dot rejects that message only', async () => {
    const { deps, db } = await world({
      dot: (message) => (message.to[0]?.startsWith('p0-') ? { code: 554, text: '5.7.1 looks like spam' } : 'ok'),
    })
    const { mailingId, people } = await invite(db, 3)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 2, failed: 1, open: 0 })
    expect((await outboxRow(db, people[0]!.outboxId)).error).toMatchObject({ reply: 554 })
  })

  test('a greylisted e-mail is retried later as the same message', async () => {
    const { sink, deps, db } = await world({ rcpt: (_address, nth) => (nth === 1 ? { code: 451 } : 'ok') })
    const { mailingId, people } = await invite(db, 2)
    const first = await sendOnce(deps, mailingId)
    expect(first).toMatchObject({ sent: 0, failed: 0, open: 2 })
    expect(first.retryInMs).toBeGreaterThan(50_000)
    expect(first.retryInMs).toBeLessThanOrEqual(60_000)
    await skipWaiting(db, mailingId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 2, open: 0 })
    expect(sink.copies(people[0]!.email)).toHaveLength(1)
  })

  test('a deferred e-mail waits longer after each attempt, and fails after a day with the reason', async () => {
    const { deps, db } = await world({ rcpt: () => ({ code: 452, text: 'mailbox full' }) })
    const { mailingId, people } = await invite(db, 1)
    const shift = (minutes: number) =>
      sql`UPDATE outbox SET first_attempt_at = first_attempt_at - ${minutes} * interval '1 minute'`.execute(db)
    await sendOnce(deps, mailingId)
    await shift(10)
    await skipWaiting(db, mailingId)
    const second = await sendOnce(deps, mailingId)
    expect(second.retryInMs! / 60_000).toBeCloseTo(10, 0)
    await shift(24 * 60)
    await skipWaiting(db, mailingId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ failed: 1, open: 0 })
    expect((await outboxRow(db, people[0]!.outboxId)).error).toEqual({
      code: 'gave-up',
      reply: 452,
      message: '452 mailbox full',
    })
  })

  test('an e-mail whose stored address has two recipients or a header is never sent', async () => {
    const { sink, deps, db } = await world()
    const emails = [
      'a@x.example,b@evil.example',
      'c@x.example\r\nBcc: d@evil.example',
      'group: e@x.example;',
      '<f@x.example>',
    ]
    const { mailingId } = await invite(db, 4, { emails })
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, failed: 4, open: 0 })
    expect(sink.journal).toHaveLength(0)
  })
})

describe('an unknown ending', () => {
  test('an e-mail whose connection drops after the dot is sent again with the same link, Message-ID and Date', async () => {
    const { sink, deps, db } = await world({ dot: (_message, nth) => (nth === 1 ? 'drop' : 'ok') })
    const { mailingId, people } = await invite(db, 6)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, failed: 0, open: 6 })
    await skipWaiting(db, mailingId)
    await sql`UPDATE activation_links SET expires_at = expires_at - interval '2 hours'`.execute(db)
    const before = await linkRow(db, people[0]!.outboxId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 6, open: 0 })
    for (const person of people) {
      const copies = sink.copies(person.email)
      const row = await outboxRow(db, person.outboxId)
      expect(copies).toHaveLength(1 + row.ambiguous)
      expect(new Set(copies.map((copy) => `${copy.messageId} ${copy.date} ${linkOf(copy)}`)).size).toBe(1)
    }
    // The code above moved the first expiry time back by two hours, so the second copy names another one.
    const after = await linkRow(db, people[0]!.outboxId)
    expect(after.expires_at.getTime()).toBeGreaterThan(before.expires_at.getTime())
  })

  test('the second copy of an e-mail has the same bytes as the first', async () => {
    const { sink, deps, db } = await world({ dot: (_message, nth) => (nth === 1 ? 'drop' : 'ok') })
    const { mailingId, people } = await invite(db, 2, { message: 'Grüße,\r\nMira', language: 'de' })
    await sendOnce(deps, mailingId)
    await skipWaiting(db, mailingId)
    await sendOnce(deps, mailingId)
    for (const person of people) {
      const copies = sink.copies(person.email)
      expect(copies).toHaveLength(2)
      expect(copies[0]?.raw).toBe(copies[1]?.raw)
    }
  })

  test('an e-mail fails with a recorded reason if the server never replies to the dot', async () => {
    const { sink, deps, db } = await world({ dot: () => 'drop' })
    const { mailingId, people } = await invite(db, 1)
    for (let round = 0; round < 8; round++) {
      await sendOnce(deps, mailingId)
      await skipWaiting(db, mailingId)
    }
    const row = await outboxRow(db, people[0]!.outboxId)
    expect(row).toMatchObject({ state: 'failed', ambiguous: 4, error: { code: 'gave-up', reply: null } })
    expect(sink.journal).toHaveLength(4)
  })

  test('a server that trickles its reply is unreachable at the deadline', async () => {
    const { db } = database
    const server = await startRawServer((socket) => {
      let at = 0
      const greeting = '220 slow.example ESMTP ready when you are, which may take quite a while\r\n'
      const timer = setInterval(() => socket.write(greeting[at++ % greeting.length] ?? ' '), 50)
      socket.on('close', () => clearInterval(timer))
    })
    const deps = mailDeps(db, server.url, { deadlineMs: 400 })
    open.push(server, deps.transport)
    const { mailingId, people } = await invite(db, 3)
    expect(await failureOf(deps, mailingId)).toMatchObject({ type: 'MailUnreachable', nonRetryable: false })
    expect(await outboxRow(db, people[0]!.outboxId)).toMatchObject({
      state: 'queued',
      ambiguous: 0,
      first_attempt_at: null,
    })
  })
})

describe('a failure of the server', () => {
  test('a silent mail server counts as unreachable', async () => {
    const { db } = database
    const server = await startRawServer(() => undefined)
    const deps = mailDeps(db, server.url, { deadlineMs: 300 })
    open.push(server, deps.transport)
    const { mailingId } = await invite(db, 2)
    expect(await failureOf(deps, mailingId)).toMatchObject({ type: 'MailUnreachable' })
  })

  test('a refused connection makes the server unreachable, and the e-mails are due immediately', async () => {
    const { sink, deps, db } = await world()
    const { mailingId, people } = await invite(db, 12)
    await sink.close()
    expect(await failureOf(deps, mailingId)).toMatchObject({ type: 'MailUnreachable', nonRetryable: false })
    const rows = await Promise.all(people.map(({ outboxId }) => outboxRow(db, outboxId)))
    for (const row of rows) {
      expect(row).toMatchObject({ state: 'queued', ambiguous: 0, first_attempt_at: null })
      expect(row.next_attempt_at.getTime()).toBeLessThanOrEqual(Date.now() + 50)
    }
    // Chance decides which e-mails met the failure. The e-mails after them were not tried.
    const met = rows.map(({ error }) => error).filter((error) => error !== null)
    const error = { code: 'unreachable', reply: null, message: 'No answer (ECONNREFUSED).' }
    expect(met).toEqual(Array(Math.max(met.length, 1)).fill(error))
  })

  test.each(['mail', 'rcpt', 'dot', 'connect'] as const)('a 421 reply at %s releases the e-mails', async (stage) => {
    const { deps, db } = await world({ [stage]: () => ({ code: 421, text: 'closing' }) })
    const { mailingId, people } = await invite(db, 4)
    expect(await failureOf(deps, mailingId)).toMatchObject({ type: 'MailUnreachable' })
    for (const person of people) {
      expect(await outboxRow(db, person.outboxId)).toMatchObject({ state: 'queued', ambiguous: 0 })
    }
  })

  test('a server that stops halfway has its accepted e-mails recorded, and the rest wait', async () => {
    let taken = 0
    const { deps, db } = await world({ dot: () => (++taken > 5 ? { code: 421 } : 'ok') }, { connections: 1 })
    const { mailingId } = await invite(db, 20)
    const result = await sendOnce(deps, mailingId)
    expect(result).toMatchObject({ sent: 5, failed: 0, open: 15 })
    expect(result.retryInMs).toBeGreaterThan(0)
    await skipWaiting(db, mailingId)
    expect(await failureOf(deps, mailingId)).toMatchObject({ type: 'MailUnreachable' })
  })

  test('a connection that the server closes between two messages loses and repeats no e-mail', async () => {
    const { sink, deps, db } = await world({}, { connections: 1 })
    let taken = 0
    sink.script.mail = () => (++taken % 3 === 0 ? { code: 421, text: 'enough on this connection' } : 'ok')
    const { mailingId, people } = await invite(db, 10)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 10, open: 0 })
    for (const person of people) expect(sink.copies(person.email)).toHaveLength(1)
  })

  test.each([
    ['5xx at the greeting', { connect: () => ({ code: 554 }) }],
    ['5xx at MAIL', { mail: () => ({ code: 550 }) }],
    ['530 at RCPT', { rcpt: () => ({ code: 530 }) }],
  ] as [string, Script][])('%s pauses the whole queue', async (_name, script) => {
    const { deps, db } = await world(script)
    const { mailingId, people } = await invite(db, 3)
    expect(await failureOf(deps, mailingId)).toMatchObject({ type: 'MailConfiguration', nonRetryable: true })
    expect(await outboxRow(db, people[0]!.outboxId)).toMatchObject({ state: 'queued', first_attempt_at: null })
  })

  test('a wrong mail password pauses the whole queue and is not in the failure', async () => {
    const { sink, db } = await world({ auth: () => ({ code: 535 }) })
    const deps = mailDeps(db, sink.url.replace('//', '//sender:wrong-password@'))
    open.push(deps.transport)
    const { mailingId } = await invite(db, 3)
    const failure = await failureOf(deps, mailingId)
    expect(failure).toMatchObject({ type: 'MailConfiguration', nonRetryable: true })
    expect(JSON.stringify(failure) + failure.message).not.toMatch(/wrong-password|@people/)
  })

  test('an unknown host name pauses the whole queue', async () => {
    const deps = mailDeps(database.db, 'smtp://no-such-host.invalid:25')
    open.push(deps.transport)
    const { mailingId } = await invite(database.db, 1)
    const failure = await failureOf(deps, mailingId)
    // A machine without a name server cannot find out that the name does not exist.
    expect(['MailConfiguration', 'MailUnreachable']).toContain(failure.type)
  })
})

describe('a sender that outlives its lease', () => {
  const claim = (mailingId: string) =>
    inTransaction(database.db, (trx) =>
      claimEmails(trx, { mailingId, limit: 10, leaseMs: 45_000, linkHours: 48, tokenHash: (id) => hashToken(id) }),
    )

  test('a sender that outlives its lease finishes no e-mail that another attempt has claimed', async () => {
    const { db } = database
    const { mailingId, people } = await invite(db, 3)
    const zombie = await claim(mailingId)
    await skipWaiting(db, mailingId)
    const successor = await claim(mailingId)
    expect(successor).toHaveLength(3)
    const endings = zombie.map(({ id, attempt }) => ({ id, attempt, outcome: 'sent' as const, error: null }))
    expect(await finishEmails(db, endings, 48)).toEqual({ sent: 0, failed: 0 })
    const row = await outboxRow(db, people[0]!.outboxId)
    expect(row).toMatchObject({ state: 'sending', attempt: 2, ambiguous: 1 })
  })

  test('a sender that outlives its lease sends no e-mail that it no longer holds', async () => {
    const { sink, deps, db } = await world({}, { connections: 1 })
    const { mailingId, people } = await invite(db, 3)
    const clock = performance.now.bind(performance)
    let stopped = 0
    performance.now = () => clock() + stopped
    try {
      // While the server has the first message, the process stops for a minute and another process claims the rest.
      sink.script.dot = async (_message, nth): Promise<Verdict> => {
        if (stopped === 0 && nth === 1) {
          await skipWaiting(db, mailingId)
          await claim(mailingId)
          stopped = 60_000
        }
        return 'ok'
      }
      expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, failed: 0 })
    } finally {
      performance.now = clock
    }
    expect(sink.journal).toHaveLength(1)
    for (const person of people)
      expect(await outboxRow(db, person.outboxId)).toMatchObject({ state: 'sending', attempt: 2 })
  })

  test('a cancelled attempt releases the e-mails that it has not begun', async () => {
    const { sink, deps, db } = await world({}, { connections: 1 })
    const { mailingId } = await invite(db, 5)
    const environment = activityEnvironment()
    sink.script.dot = () => {
      environment.cancel()
      return 'ok'
    }
    await expect(environment.run(createSendEmails(deps), { mailingId, limit: 200 })).rejects.toThrow()
    const states = await db.selectFrom('outbox').select('state').where('mailing_id', '=', mailingId).execute()
    expect(states.map((row) => row.state).sort()).toEqual(['queued', 'queued', 'queued', 'queued', 'sent'])
  })
})

test('an e-mail sent after an outage of three days has a live link', async () => {
  const { sink, deps, db } = await world({ connect: () => ({ code: 421 }) })
  const { mailingId, people } = await invite(db, 2)
  await failureOf(deps, mailingId)
  await sql`UPDATE activation_links SET expires_at = expires_at - interval '3 days', expired_at = clock_timestamp()`.execute(
    db,
  )
  sink.script.connect = () => 'ok'
  expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 2 })
  const row = await linkRow(db, people[0]!.outboxId)
  expect(row.expired_at).toBeNull()
  expect(row.expires_at.getTime()).toBeGreaterThan(Date.now() + 47.9 * 3_600_000)
})

test('the expiry time in an e-mail is not later than that of its link', async () => {
  const { sink, deps, db } = await world()
  const { mailingId, people } = await invite(db, 1)
  await sendOnce(deps, mailingId)
  const promised = /runs out on (.+?) UTC/.exec(textOf(sink.journal[0]!).replace(/\r\n/g, ' '))?.[1]?.replace(' at', '')
  const row = await linkRow(db, people[0]!.outboxId)
  expect(Date.parse(`${promised} UTC`)).toBeLessThanOrEqual(row.expires_at.getTime())
  expect(Date.parse(`${promised} UTC`)).toBeGreaterThan(row.expires_at.getTime() - 120_000)
})
