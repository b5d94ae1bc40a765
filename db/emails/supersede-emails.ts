import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'

/**
 * Supersedes the queued e-mails of users that the caller has locked. Skips an e-mail that another transaction holds. A
 * claim locks an e-mail before its user, so waiting for it here could deadlock. That claim, or the next one, checks again
 * once it has locked the user, and drops e-mails that have a newer one or no user.
 *
 * @param people an array of ids
 */
export async function supersedeEmails(trx: Trx, people: RawBuilder<unknown>): Promise<void> {
  await sql`WITH open AS MATERIALIZED (
      SELECT id FROM outbox WHERE person_id = ANY(${people})
        AND (state = 'queued' OR (state = 'sending' AND lease_until < ${clock})) FOR UPDATE SKIP LOCKED
    ) UPDATE outbox email SET state = 'superseded', lease_until = NULL FROM open WHERE email.id = open.id`.execute(trx)
}

/** Supersedes every unsent e-mail of a mailing, also one that a worker holds: the import that wanted it has ended. */
export async function supersedeMailing(trx: Trx, mailingId: string): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ state: 'superseded', lease_until: null })
    .where('mailing_id', '=', mailingId)
    .where('state', 'in', ['queued', 'sending'])
    .execute()
}
