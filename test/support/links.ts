import { sql } from 'kysely'
import type { Db } from '../../db/core/database.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { claimEmails } from '../../db/emails/claim-emails.ts'
import { finishEmails } from '../../db/emails/outbox.ts'
import { createLinkTokens, hashToken } from '../../security/link-token.ts'
import { config, invite, type PeopleOptions } from './mail-world.ts'

const tokens = createLinkTokens(config.MUSTER_SECRET)

/** The address of the link in an e-mail. */
export const linkPath = (outboxId: string): string => `/activate/${tokens.tokenFor(outboxId)}`

/** Somebody whose e-mail was accepted, and the path of the link in it. */
export async function sentLink(db: Db, options: PeopleOptions = {}) {
  const { mailingId, people } = await invite(db, 1, options)
  await deliver(db, mailingId)
  const person = people[0]!
  return { ...person, mailingId, path: linkPath(person.outboxId) }
}

/** Has the e-mails of a mailing accepted; their links live from now on. */
export async function deliver(db: Db, mailingId: string): Promise<void> {
  const tokenHash = (id: string) => hashToken(tokens.tokenFor(id))
  const claimed = await inTransaction(db, (trx) =>
    claimEmails(trx, { mailingId, limit: 1_000, leaseMs: 45_000, linkHours: 48, tokenHash }),
  )
  const endings = claimed.map(({ id, attempt }) => ({ id, attempt, outcome: 'sent' as const, error: null }))
  await finishEmails(db, endings, 48)
}

/** Lets time pass for one link, by the clock that counts. */
export async function pass(db: Db, outboxId: string, time: string): Promise<void> {
  await sql`UPDATE activation_links SET expires_at = expires_at - ${time}::interval WHERE id = ${outboxId}`.execute(db)
}

/** Ends a link by a newer one. */
export async function writeAgain(db: Db, personId: string): Promise<void> {
  const { rows } = await sql<{ mailing_id: string }>`INSERT INTO outbox (mailing_id, person_id)
    VALUES (uuidv7(), ${personId}) RETURNING mailing_id`.execute(db)
  await deliver(db, rows[0]!.mailing_id)
}
