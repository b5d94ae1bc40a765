import { type RawBuilder, sql } from 'kysely'
import { clock } from '../core/clock.ts'
import type { Trx } from '../core/database.ts'

/**
 * Supersedes the queued e-mails of people whom the caller has locked. An e-mail that another transaction holds is passed
 * over: a claim locks an e-mail before its person, so waiting for it here could be a deadlock. That claim, or the next,
 * looks again once it has the person, and drops e-mails with a newer one or without a person.
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
