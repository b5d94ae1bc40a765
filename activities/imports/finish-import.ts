import { inTransaction } from '../../db/core/transaction.ts'
import { finishImport } from '../../db/imports/transitions.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/** Records how the import ended, and supersedes the unsent e-mails of one that was cancelled or failed. */
export function createFinishImport({ db, log }: ImportDeps): Activities['finishImport'] {
  return (input) =>
    withKnownFailures(async () => {
      const { importId, status, failure } = input
      const ended = await inTransaction(db, (trx) => finishImport(trx, input))
      if (ended) log.info({ importId, status, failure }, 'import ended')
    })
}
