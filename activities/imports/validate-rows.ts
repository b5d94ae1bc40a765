import { inTransaction } from '../../db/core/transaction.ts'
import type { CheckedImport } from '../../db/imports/transitions.ts'
import { validateImport } from '../../db/imports/validate/validate-import.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities, ValidateResult } from '../types.ts'

/**
 * Checks every row and every title, then freezes the plan, in one transaction. It writes nothing outside the import's
 * own tables. Repeated after the commit, it reports the stored result.
 */
export function createValidateRows({ db, log }: ImportDeps): Activities['validateRows'] {
  return ({ importId }) =>
    withKnownFailures(() =>
      heartbeating(
        () => undefined,
        async (signal) => {
          const checked = await inTransaction(db, (trx) => validateImport(trx, importId, signal))
          if (!checked) throw permanent(failureTypes.importNotFound, 'The database has no such import.')
          const result = resultOf(checked)
          log.info({ importId, result: result.result, invalidRows: result.invalidRows }, 'rows checked')
          return result
        },
      ),
    )
}

function resultOf({ company_names, records, plan, problem }: CheckedImport): ValidateResult {
  return {
    result: problem ? 'rejected' : 'valid',
    companies: company_names,
    records: records ?? 0,
    invalidRows: plan?.invalid ?? 0,
    plan,
    problem: problem && { code: problem.code, detail: problem.title },
  }
}
