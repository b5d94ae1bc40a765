import { inTransaction } from '../../db/core/transaction.ts'
import { recheckImport } from '../../db/imports/transitions.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/** Takes an import that wrote nothing back to its beginning. The database decides, and may leave it as it is. */
export function createRecheckImport({ db, log }: ImportDeps): Activities['recheckImport'] {
  return ({ importId, check }) =>
    withKnownFailures(async () => {
      const begun = await inTransaction(db, (trx) => recheckImport(trx, importId, check))
      log.info({ importId, check, begun }, begun ? 'recheck begun' : 'recheck not possible')
    })
}
