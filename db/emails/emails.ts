import { sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Page, Scope } from '../core/page.ts'
import type { DeliveryError, EmailKind, OutboxState } from '../tables/mail.ts'

/** An e-mail, and what the mail server said of it. */
export interface EmailRecord {
  id: string
  /** Where it goes; null when the person is gone or outside the scope. */
  email: string | null
  user: string | null
  kind: EmailKind
  state: OutboxState
  createdAt: Date
  sentAt: Date | null
  error: DeliveryError | null
  /** Of the link in it; null for an e-mail without one, or before it is sent. */
  expiresAt: Date | null
  link: 'live' | 'used' | 'ended' | 'expired' | null
}

const columns = sql`o.id, coalesce(CASE WHEN p.id IS NULL THEN NULL ELSE o.deliver_to END, p.email) AS email, p.id AS user,
  o.kind, o.state, o.created_at AS "createdAt", o.sent_at AS "sentAt", o.error, l.expires_at AS "expiresAt",
  CASE WHEN l.id IS NULL THEN NULL WHEN l.used_at IS NOT NULL THEN 'used' WHEN l.ended_at IS NOT NULL THEN 'ended'
    WHEN l.expired_at IS NOT NULL OR l.expires_at <= ${clock} THEN 'expired' ELSE 'live' END AS link`

/** The e-mails of an import in the order in which they were queued. The import is one that the scope covers. */
export async function emailsOfImport(
  db: Db | Trx,
  importId: string,
  { scope, states }: { scope: Scope; states: OutboxState[] | null },
  { after, limit }: Page,
): Promise<EmailRecord[]> {
  const { rows } = await sql<EmailRecord>`SELECT ${columns}
    FROM outbox o
      LEFT JOIN LATERAL (SELECT id, email FROM people WHERE id = o.person_id
        AND (${scope}::uuid[] IS NULL OR company_id = ANY (${scope}::uuid[])) LIMIT 1) p ON true
      LEFT JOIN activation_links l ON l.id = o.id
    WHERE o.mailing_id = ${importId} ${after === null ? sql`` : sql`AND o.id > ${after}`}
      ${states === null ? sql`` : sql`AND o.state IN (${sql.join(states)})`}
    ORDER BY o.id LIMIT ${limit}`.execute(db)
  return rows
}

/** What a person was sent, newest first. The person is one that the asker may see. */
export async function emailsOfPerson(db: Db | Trx, personId: string, { after, limit }: Page): Promise<EmailRecord[]> {
  const { rows } = await sql<EmailRecord>`SELECT ${columns}
    FROM outbox o JOIN LATERAL (SELECT id, email FROM people WHERE id = o.person_id LIMIT 1) p ON true
      LEFT JOIN activation_links l ON l.id = o.id
    WHERE o.person_id = ${personId} ${after === null ? sql`` : sql`AND o.id < ${after}`}
    ORDER BY o.id DESC LIMIT ${limit}`.execute(db)
  return rows
}
