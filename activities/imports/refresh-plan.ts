import { inTransaction } from '../../db/core/transaction.ts'
import { rebuildPlan } from '../../db/imports/validate/validate-import.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities } from '../types.ts'

/**
 * Rebuilds the plan for rows without an outcome, after an administrator has seen which users changed and resumed. The
 * plan keeps the counts that were confirmed. The import counts what it does as it does it.
 */
export function createRefreshPlan({ db, log }: ImportDeps): Activities['refreshPlan'] {
  return ({ importId }) =>
    withKnownFailures(() =>
      heartbeating(
        () => undefined,
        async () => {
          const found = await inTransaction(db, (trx) => rebuildPlan(trx, importId))
          if (!found) throw permanent(failureTypes.importNotFound, 'The database has no such import.')
          log.info({ importId }, 'plan rebuilt')
        },
      ),
    )
}
