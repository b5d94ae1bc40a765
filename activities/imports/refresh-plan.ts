import { inTransaction } from '../../db/core/transaction.ts'
import { inside, takeOverImport } from '../../db/imports/apply/take-over.ts'
import { importSettings } from '../../db/imports/import-settings.ts'
import { matchUsers } from '../../db/imports/validate/freeze-plan.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities } from '../types.ts'

/**
 * Freezes the plan anew for the rows that have no outcome yet: somebody has seen that the world moved, and said go on.
 * The counts of the plan stay those that were confirmed; what is done is counted as it is done.
 */
export function createRefreshPlan({ db, log }: ImportDeps): Activities['refreshPlan'] {
  return ({ importId }) =>
    withKnownFailures(() =>
      heartbeating(
        () => undefined,
        async () => {
          await inTransaction(db, async (trx) => {
            await takeOverImport(inside(trx), importId)
            const settings = await importSettings(trx, importId)
            if (!settings) throw permanent(failureTypes.importNotFound, 'The database does not know this import.')
            await matchUsers(trx, importId, settings, true)
          })
          log.info({ importId }, 'plan frozen anew')
        },
      ),
    )
}
