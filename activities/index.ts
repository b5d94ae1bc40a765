import { createApplyBatch } from './apply-batch.ts'
import type { ImportDeps } from './deps.ts'
import { createExpireLinks } from './expire-links.ts'
import { createFinishImport } from './finish-import.ts'
import { createMoveImport } from './move-import.ts'
import { createOpenImport } from './open-import.ts'
import { createParseFile } from './parse-file.ts'
import { createPauseImport } from './pause-import.ts'
import { createRecheckImport } from './recheck-import.ts'
import { createRefreshPlan } from './refresh-plan.ts'
import type { Activities } from './types.ts'
import { createValidateRows } from './validate-rows.ts'

/** The activities of the imports queue, ready for a worker. */
export function createActivities(deps: ImportDeps): Activities {
  return {
    openImport: createOpenImport(deps),
    parseFile: createParseFile(deps),
    validateRows: createValidateRows(deps),
    moveImport: createMoveImport(deps),
    applyBatch: createApplyBatch(deps),
    pauseImport: createPauseImport(deps),
    recheckImport: createRecheckImport(deps),
    refreshPlan: createRefreshPlan(deps),
    finishImport: createFinishImport(deps),
    expireLinks: createExpireLinks(deps),
  }
}
