import { inTransaction } from '../../db/core/transaction.ts'
import { recheckImport } from '../../db/imports/recheck.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/** Brings an import that wrote nothing back to its beginning. Where the database does not agree, nothing changes. */
export function createRecheckImport({ db, log }: ImportDeps): Activities['recheckImport'] {
  return ({ importId, check }) =>
    withKnownFailures(async () => {
      const begun = await inTransaction(db, (trx) => recheckImport(trx, importId, check))
      log.info({ importId, check, begun }, 'import to be checked again')
    })
}
