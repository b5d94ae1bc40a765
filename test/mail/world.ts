import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { MailDeps } from '../../activities/mail/deps.ts'
import { createMailTransport } from '../../activities/mail/transport.ts'
import { createSendEmails } from '../../activities/send-emails.ts'
import type { SendEmailsResult } from '../../activities/types.ts'
import type { Db } from '../../db/database.ts'

export const config = {
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Muster <no-reply@muster.example>',
  PUBLIC_URL: 'https://muster.example',
  MUSTER_SECRET: 'a secret of at least thirty-two characters',
  LINK_HOURS: 48,
}

export interface Person {
  id: string
  email: string
  outboxId: string
}

export interface PeopleOptions {
  language?: string
  message?: string | null
  emails?: string[]
  enabled?: boolean
}

/** Puts `count` new people into one company and one mailing, as apply does: outbox rows, and nothing else. */
export async function invite(
  db: Db,
  count: number,
  options: PeopleOptions = {},
): Promise<{ mailingId: string; people: Person[] }> {
  const mailing = await db
    .insertInto('mailings')
    .values({ requested_by: 'test' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const company = await db
    .insertInto('companies')
    .values({ name: `Blue Harbour ${mailing.id}` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const emails = options.emails ?? Array.from({ length: count }, (_, n) => `p${n}-${mailing.id}@people.example`)
  const { rows: users } = await sql<{ id: string; email: string }>`
    INSERT INTO users (email, email_key, first_name, last_name, company_id, language, enabled)
    SELECT email, md5(email) || '@key.example', 'Mira', 'Tóth', ${company.id}, ${options.language ?? 'en-GB'},
      ${options.enabled ?? true}
    FROM unnest(${emails}::text[]) AS email RETURNING id, email`.execute(db)
  const { rows: outbox } = await sql<{ id: string; userId: string }>`
    INSERT INTO outbox (mailing_id, person_id, message)
    SELECT ${mailing.id}, id, ${options.message ?? null} FROM unnest(${users.map((u) => u.id)}::uuid[]) AS id
    RETURNING id, person_id AS "userId"`.execute(db)
  const outboxOf = new Map(outbox.map((row) => [row.userId, row.id]))
  const people = users.map((user) => ({ ...user, outboxId: outboxOf.get(user.id) ?? '' }))
  return { mailingId: mailing.id, people }
}

export function mailDeps(db: Db, url: string, options: { connections?: number; deadlineMs?: number } = {}): MailDeps {
  const transport = createMailTransport(url, { connections: 5, ...options })
  return { db, config: { ...config, SMTP_URL: url }, log: pino({ level: 'silent' }), transport }
}

/** The surroundings that a worker gives an activity; failures are asserted, not printed. */
export function activityEnvironment(info: { attempt?: number } = {}): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') })
}

/** Runs one attempt of the activity as the worker would. */
export async function sendOnce(deps: MailDeps, mailingId: string, limit = 200): Promise<SendEmailsResult> {
  return activityEnvironment().run(createSendEmails(deps), { mailingId, limit }) as Promise<SendEmailsResult>
}

/** Makes everything that waits claimable now, as if its time had come. */
export async function skipWaiting(db: Db, mailingId: string): Promise<void> {
  await sql`UPDATE outbox SET next_attempt_at = clock_timestamp(), lease_until = CASE WHEN state = 'sending'
    THEN clock_timestamp() END WHERE mailing_id = ${mailingId}`.execute(db)
}

export async function outboxRow(db: Db, id: string) {
  return db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function linkRow(db: Db, id: string) {
  return db.selectFrom('activation_links').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
