import { sql } from 'kysely'
import { inTransaction } from '../../db/core/transaction.ts'
import { pauseText } from '../../domain/imports/pause.ts'
import { finalStatuses } from '../../domain/imports/states.ts'
import { problem } from '../../domain/problems/problem.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/**
 * Records how the import ended. A cancelled import takes back the e-mails that nobody has sent yet: those people keep
 * their accounts, and can be sent a link from the user list.
 */
export function createFinishImport({ db, log }: ImportDeps): Activities['finishImport'] {
  return ({ importId, check, status, failure }) =>
    withKnownFailures(async () => {
      const ended = await inTransaction(db, async (trx) => {
        const before = await trx.selectFrom('imports').where('id', '=', importId).select('phase').executeTakeFirst()
        const { code, title, detail } = pauseText(failure ?? '', before?.phase ?? 'done')
        const { numUpdatedRows } = await trx
          .updateTable('imports')
          .set({
            status,
            phase: 'done',
            finished_at: sql<Date>`coalesce(finished_at, now())`,
            updated_at: sql<Date>`now()`,
            // Nobody needs it again, unless the file is to be checked once more.
            ...(status === 'rejected' ? {} : { password_hash: null }),
            ...(status === 'failed' ? { problem: JSON.stringify(problem(code, 409, title, detail)) } : {}),
            ...(status === 'completed' || status === 'cancelled' ? { problem: null } : {}),
          })
          .where('id', '=', importId)
          .where('checks', '=', check)
          .where('status', 'not in', finalStatuses)
          .executeTakeFirst()
        if (numUpdatedRows > 0n && (status === 'cancelled' || status === 'failed')) {
          await trx
            .updateTable('outbox')
            .set({ state: 'superseded', lease_until: null })
            .where('mailing_id', '=', importId)
            .where('state', 'in', ['queued', 'sending'])
            .execute()
        }
        return numUpdatedRows > 0n
      })
      if (ended) log.info({ importId, status, failure }, 'import ended')
    })
}
