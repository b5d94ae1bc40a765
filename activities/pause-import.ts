import { sql } from 'kysely'
import { pauseText } from '../domain/pause.ts'
import { problem } from '../domain/problem.ts'
import { finalStatuses } from '../domain/status.ts'
import type { ImportDeps } from './deps.ts'
import { withKnownFailures } from './failures.ts'
import type { Activities } from './types.ts'

/** Records that the import waits for a person, with the sentence that this person needs. */
export function createPauseImport({ db, log }: ImportDeps): Activities['pauseImport'] {
  return ({ importId, phase, failure, courseIds }) =>
    withKnownFailures(async () => {
      const { code, title, detail } = pauseText(failure, phase)
      const courses = courseIds.length > 0 ? await titlesOf(courseIds) : []
      const named = courses.length > 0 ? `${detail} Courses: ${courses.join(', ')}.` : detail
      await db
        .updateTable('imports')
        .set({
          status: 'paused',
          phase,
          problem: JSON.stringify(problem(code, 409, title, named, courses.length > 0 ? { courses: courseIds } : {})),
          updated_at: sql<Date>`now()`,
        })
        .where('id', '=', importId)
        .where('status', 'not in', finalStatuses)
        .execute()
      log.warn({ importId, phase, code }, 'import paused')
    })

  async function titlesOf(ids: string[]): Promise<string[]> {
    const rows = await db.selectFrom('courses').where('id', 'in', ids).select('title').orderBy('title').execute()
    return rows.map((row) => `“${row.title}”`)
  }
}
