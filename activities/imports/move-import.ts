import { moveImport } from '../../db/imports/transitions.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/** Records that the import runs in a phase. An import that has ended stays as it ended. */
export function createMoveImport({ db, log }: ImportDeps): Activities['moveImport'] {
  return (input) =>
    withKnownFailures(async () => {
      const moved = await moveImport(db, input)
      const { importId, status, phase } = input
      log.info({ importId, status, phase, moved }, moved ? 'import moved' : 'import not moved')
    })
}
