import type { ImportDeps } from './core/deps.ts'
import { createExpireLinks } from './emails/expire-links.ts'
import { createApplyBatch } from './imports/apply-batch.ts'
import { createFinishImport } from './imports/finish-import.ts'
import { createMoveImport } from './imports/move-import.ts'
import { createOpenImport } from './imports/open-import.ts'
import { createParseFile } from './imports/parse-file.ts'
import { createPauseImport } from './imports/pause-import.ts'
import { createRecheckImport } from './imports/recheck-import.ts'
import { createRefreshPlan } from './imports/refresh-plan.ts'
import { createValidateRows } from './imports/validate-rows.ts'
import type { Activities } from './types.ts'

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
