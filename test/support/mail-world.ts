import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { MailDeps } from '../../activities/emails/deps.ts'
import { createSendEmails } from '../../activities/emails/send-emails.ts'
import { createMailTransport } from '../../activities/emails/transport.ts'
import type { SendEmailsResult } from '../../activities/types.ts'
import type { Db } from '../../db/core/database.ts'
import type { EmailKind } from '../../db/tables/mail.ts'

export const config = {
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Muster <no-reply@muster.example>',
  PUBLIC_URL: 'https://muster.example',
  SIGN_IN_URL: 'https://learn.example/in',
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
  firstName?: string
  /** Creates invitations instead of users. */
  invited?: boolean
  /** The users belong to no company. */
  homeless?: boolean
  kind?: EmailKind
  deliverTo?: string | null
  /** The id of an existing mailing to add the e-mails to. */
  into?: string
  /** The e-mails belong to an import with this option. */
  forceReset?: boolean
}

/** Adds `count` new users to one company and one mailing with outbox rows, as apply does, and nothing else. */
export async function invite(
  db: Db,
  count: number,
  options: PeopleOptions = {},
): Promise<{ mailingId: string; company: string; people: Person[] }> {
  const mailingId =
    options.into ?? (options.forceReset === undefined ? await aMailing(db) : await anImport(db, options.forceReset))
  const company = await db
    .insertInto('companies')
    .values({ name: `Blue Harbour ${mailingId}${options.into ? ` ${options.language}` : ''}` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const emails = options.emails ?? Array.from({ length: count }, (_, n) => `p${n}-${company.id}@people.example`)
  const { rows: users } = await sql<{ id: string; email: string }>`
    INSERT INTO ${sql.table(options.invited ? 'invitations' : 'users')}
      (email, email_key, first_name, last_name, company_id, language, enabled)
    SELECT email, md5(email) || '@key.example', ${options.firstName ?? 'Mira'}, 'Tóth',
      ${options.homeless ? null : company.id}::uuid, ${options.language ?? 'en-GB'}, ${options.enabled ?? true}
    FROM unnest(${emails}::text[]) AS email RETURNING id, email`.execute(db)
  const people = await queue(db, mailingId, users, options)
  return { mailingId, company: company.id, people }
}

/** Adds one more e-mail for each of these users. */
export async function queue(
  db: Db,
  mailingId: string,
  people: { id: string; email: string }[],
  options: Pick<PeopleOptions, 'message' | 'kind' | 'deliverTo'> = {},
): Promise<Person[]> {
  const { rows: outbox } = await sql<{ id: string; personId: string }>`
    INSERT INTO outbox (mailing_id, person_id, kind, deliver_to, message)
    SELECT ${mailingId}, id, ${options.kind ?? 'activation'}, ${options.deliverTo ?? null}, ${options.message ?? null}
    FROM unnest(${people.map((p) => p.id)}::uuid[]) AS id RETURNING id, person_id AS "personId"`.execute(db)
  const outboxOf = new Map(outbox.map((row) => [row.personId, row.id]))
  return people.map((person) => ({ ...person, outboxId: outboxOf.get(person.id) ?? '' }))
}

export async function aMailing(db: Db): Promise<string> {
  const mailing = await db.insertInto('mailings').values({ requested_by: 'test' }).returning('id').executeTakeFirst()
  return mailing!.id
}

async function anImport(db: Db, forceReset: boolean): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    WITH file AS (INSERT INTO files (name, state, sha256) VALUES ('people.csv', 'stored', sha256('x')) RETURNING id)
    INSERT INTO imports (file_id, template, options, started_by, fingerprint)
    SELECT id, 'onboarding', ${JSON.stringify({ passwords: { set: 'generate', forceReset } })}::jsonb, 'HR system', 'x'
    FROM file RETURNING id`.execute(db)
  return rows[0]!.id
}

export function mailDeps(db: Db, url: string, options: { connections?: number; deadlineMs?: number } = {}): MailDeps {
  const transport = createMailTransport(url, { connections: 5, ...options })
  return { db, config: { ...config, SMTP_URL: url }, log: pino({ level: 'silent' }), transport }
}

/** The context that a worker gives an activity. Failures are asserted, not printed. */
export function activityEnvironment(info: { attempt?: number } = {}): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') })
}

/** Runs one attempt of the activity as the worker would. */
export async function sendOnce(deps: MailDeps, mailingId: string, limit = 200): Promise<SendEmailsResult> {
  return activityEnvironment().run(createSendEmails(deps), { mailingId, limit }) as Promise<SendEmailsResult>
}

/** Makes every waiting e-mail claimable now, as if its time had come. */
export async function skipWaiting(db: Db, mailingId: string): Promise<void> {
  await sql`UPDATE outbox SET next_attempt_at = clock_timestamp(), lease_until = CASE WHEN state = 'sending'
    THEN clock_timestamp() END WHERE mailing_id = ${mailingId}`.execute(db)
}

export async function outboxRow(db: Db, id: string) {
  return db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function userRow(db: Db, id: string) {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function linkRow(db: Db, id: string) {
  return db.selectFrom('activation_links').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
