import { sql } from 'kysely'
import type { Db } from '../../db/core/database.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { claimEmails } from '../../db/emails/claim-emails.ts'
import { finishEmails } from '../../db/emails/outbox.ts'
import { createLinkTokens, hashToken } from '../../security/link-token.ts'
import { config, invite, type PeopleOptions } from './mail-world.ts'

const tokens = createLinkTokens(config.MUSTER_SECRET)

/** Returns the path of the link in an e-mail. */
export const linkPath = (outboxId: string): string => `/activate/${tokens.tokenFor(outboxId)}`

/** Creates a user whose e-mail was accepted, and returns the path of the link in it. */
export async function sentLink(db: Db, options: PeopleOptions = {}) {
  const { mailingId, people } = await invite(db, 1, options)
  await deliver(db, mailingId)
  const person = people[0]!
  return { ...person, mailingId, path: linkPath(person.outboxId) }
}

/** Marks the e-mails of a mailing as accepted by the mail server. Their links are valid from now on. */
export async function deliver(db: Db, mailingId: string, by = tokens): Promise<void> {
  const tokenHash = (id: string) => hashToken(by.tokenFor(id))
  const claimed = await inTransaction(db, (trx) =>
    claimEmails(trx, { mailingId, limit: 1_000, leaseMs: 45_000, linkHours: 48, tokenHash }),
  )
  const endings = claimed.map(({ id, attempt }) => ({ id, attempt, outcome: 'sent' as const, error: null }))
  await finishEmails(db, endings, 48)
}

/** Moves the expiry of one link, because the database compares it with its own clock. */
export async function pass(db: Db, outboxId: string, time: string): Promise<void> {
  await sql`UPDATE activation_links SET expires_at = expires_at - ${time}::interval WHERE id = ${outboxId}`.execute(db)
}

/** Replaces a link with a newer one. */
export async function writeAgain(db: Db, personId: string): Promise<void> {
  const { rows } = await sql<{ mailing_id: string }>`INSERT INTO outbox (mailing_id, person_id)
    VALUES (uuidv7(), ${personId}) RETURNING mailing_id`.execute(db)
  await deliver(db, rows[0]!.mailing_id)
}
