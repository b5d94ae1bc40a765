import { pauseSubjects } from '../../db/imports/pause-subjects.ts'
import { pauseImport } from '../../db/imports/transitions.ts'
import { pauseProblem } from '../../domain/imports/pause.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities } from '../types.ts'

/** Records that the import waits for an administrator, with the reason and what to do about it. */
export function createPauseImport({ db, log }: ImportDeps): Activities['pauseImport'] {
  return (input) =>
    withKnownFailures(async () => {
      const { importId, phase, failure } = input
      const problem = pauseProblem(failure, phase, await pauseSubjects(db, input))
      await pauseImport(db, importId, phase, problem)
      log.warn({ importId, phase, code: problem.code }, 'import paused')
    })
}
