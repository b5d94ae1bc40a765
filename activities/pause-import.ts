import { sql } from 'kysely'
import { lastFault } from '../db/outbox.ts'
import { importSettings } from '../db/queries/import-settings.ts'
import { type Moved, movedPeople } from '../db/validation/moved.ts'
import { type FailureType, failureTypes } from '../domain/failure.ts'
import { MAX_PROBLEM_ENTRIES } from '../domain/limits.ts'
import { pauseText } from '../domain/pause.ts'
import { problem } from '../domain/problem.ts'
import { finalStatuses } from '../domain/status.ts'
import type { ImportDeps } from './deps.ts'
import { withKnownFailures } from './failures.ts'
import type { Activities, PauseInput } from './types.ts'

/** Records that the import waits for a person, with the sentence that this person needs. */
export function createPauseImport({ db, log }: ImportDeps): Activities['pauseImport'] {
  return (input) =>
    withKnownFailures(async () => {
      const { importId, phase, failure } = input
      const { code, title, detail } = pauseText(failure, phase)
      const { sentence, ...named } = await particulars(input)
      await db
        .updateTable('imports')
        .set({
          status: 'paused',
          phase,
          problem: JSON.stringify(problem(code, 409, title, `${detail}${sentence}`, named)),
          updated_at: sql<Date>`now()`,
        })
        .where('id', '=', importId)
        .where('status', 'not in', finalStatuses)
        .execute()
      log.warn({ importId, phase, code }, 'import paused')
    })

  /** Whom and what the pause is about: known here and shown to people, but never part of a history. */
  async function particulars({ importId, failure, courseIds }: PauseInput) {
    if (courseIds.length > 0) {
      return { sentence: ` Courses: ${(await titlesOf(courseIds)).join(', ')}.`, courses: courseIds }
    }
    switch (failure as FailureType) {
      case failureTypes.planOutdated:
        return theMoved(importId)
      case failureTypes.mailConfiguration:
      case failureTypes.mailUnreachable:
        return { sentence: '', mailServer: await lastFault(db, importId) }
      default:
        return { sentence: '' }
    }
  }

  async function theMoved(importId: string): Promise<{ sentence: string; moved: Moved[] }> {
    const settings = await importSettings(db, importId)
    const everything = { importId, firstRow: 0, lastRow: 2 ** 31 - 1, begun: true }
    const moved = settings ? await movedPeople(db, everything, settings, MAX_PROBLEM_ENTRIES) : []
    const rows = moved.map(({ row }) => row).slice(0, 5)
    const more = moved.length > rows.length ? ', …' : ''
    return { sentence: rows.length > 0 ? ` Rows: ${rows.join(', ')}${more}.` : '', moved }
  }

  async function titlesOf(ids: string[]): Promise<string[]> {
    const rows = await db.selectFrom('courses').where('id', 'in', ids).select('title').orderBy('title').execute()
    return rows.map((row) => `“${row.title}”`)
  }
}
