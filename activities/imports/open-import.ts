import { importStanding } from '../../db/imports/apply/import-standing.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/** Reads where the import stands, so that a new run can continue there. Only the database knows it. */
export function createOpenImport({ db, searchAttributes }: ImportDeps): Activities['openImport'] {
  return ({ importId }) =>
    withKnownFailures(async () => {
      const standing = await importStanding(db, importId)
      if (!standing) throw permanent(failureTypes.importNotFound, 'The database has no such import.')
      return { ...standing, searchAttributes }
    })
}
