import { sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Page, Scope } from '../core/page.ts'
import type { DeliveryError, EmailKind, OutboxState } from '../tables/mail.ts'

/** An e-mail, with the mail server's last response. */
export interface EmailRecord {
  id: string
  /** The address that it goes to; null for a person who is deleted or outside the scope. */
  email: string | null
  user: string | null
  kind: EmailKind
  state: OutboxState
  createdAt: Date
  sentAt: Date | null
  error: DeliveryError | null
  /** When its link expires; null without a link, and before the e-mail is sent. */
  expiresAt: Date | null
  link: 'live' | 'used' | 'ended' | 'expired' | null
}

const columns = sql`email.id, coalesce(CASE WHEN person.id IS NULL THEN NULL ELSE email.deliver_to END, person.email) AS email, person.id AS user,
  email.kind, email.state, email.created_at AS "createdAt", email.sent_at AS "sentAt", email.error, link.expires_at AS "expiresAt",
  CASE WHEN link.id IS NULL THEN NULL WHEN link.used_at IS NOT NULL THEN 'used' WHEN link.ended_at IS NOT NULL THEN 'ended'
    WHEN link.expired_at IS NOT NULL OR link.expires_at <= ${clock} THEN 'expired' ELSE 'live' END AS link`

/** Lists the e-mails of an import in the order in which they were queued. The caller has checked the import's scope. */
export async function emailsOfImport(
  db: Db | Trx,
  importId: string,
  { scope, states }: { scope: Scope; states: OutboxState[] | null },
  { after, limit }: Page,
): Promise<EmailRecord[]> {
  const { rows } = await sql<EmailRecord>`SELECT ${columns}
    FROM outbox email
      LEFT JOIN LATERAL (SELECT id, email FROM people WHERE id = email.person_id
        AND (${scope}::uuid[] IS NULL OR company_id = ANY (${scope}::uuid[])) LIMIT 1) person ON true
      LEFT JOIN activation_links link ON link.id = email.id
    WHERE email.mailing_id = ${importId} ${after === null ? sql`` : sql`AND email.id > ${after}`}
      ${states === null ? sql`` : sql`AND email.state IN (${sql.join(states)})`}
    ORDER BY email.id LIMIT ${limit}`.execute(db)
  return rows
}

/** Lists the e-mails to a person, newest first. The caller has checked that the person is visible. */
export async function emailsOfPerson(db: Db | Trx, personId: string, { after, limit }: Page): Promise<EmailRecord[]> {
  const { rows } = await sql<EmailRecord>`SELECT ${columns}
    FROM outbox email JOIN LATERAL (SELECT id, email FROM people WHERE id = email.person_id LIMIT 1) person ON true
      LEFT JOIN activation_links link ON link.id = email.id
    WHERE email.person_id = ${personId} ${after === null ? sql`` : sql`AND email.id < ${after}`}
    ORDER BY email.id DESC LIMIT ${limit}`.execute(db)
  return rows
}
