import { applyRange, PlanBroken } from '../../db/imports/apply/apply-range.ts'
import { importSettings } from '../../db/imports/import-settings.ts'
import { makeMissingGroups } from '../../db/people/make-groups.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities } from '../types.ts'

/** Applies the plan to a range of rows. A repeated batch finds no row without an outcome and does nothing. */
export function createApplyBatch({ db, log }: ImportDeps): Activities['applyBatch'] {
  return (input) =>
    withKnownFailures(async () => {
      const done = { rows: 0, refused: 0 }
      await heartbeating(
        () => done,
        async () => {
          const settings = await importSettings(db, input.importId)
          if (!settings) throw permanent(failureTypes.importNotFound, 'The database has no such import.')
          if (settings.options.unknownGroups === 'create') await makeMissingGroups(db, input.importId)
          await applyRange(db, input, settings, done).catch(rethrow)
        },
      )
      log.info({ importId: input.importId, firstRow: input.firstRow, ...done }, 'batch applied')
      return done
    })
}

/** Gives a plan that cannot be applied its failure type. */
function rethrow(error: unknown): never {
  if (!(error instanceof PlanBroken)) throw error
  const { reason, message, courseIds } = error
  throw permanent(failureTypes[reason], message, courseIds.length > 0 ? { courseIds } : {})
}
