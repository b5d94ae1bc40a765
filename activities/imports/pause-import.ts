import { sql } from 'kysely'
import { lastFault } from '../../db/emails/outbox.ts'
import type { RowRange } from '../../db/imports/apply/apply-rows.ts'
import { type Deleted, deletedReferences } from '../../db/imports/apply/deleted-references.ts'
import { importSettings } from '../../db/imports/import-settings.ts'
import { type Moved, movedPeople } from '../../db/imports/validate/moved.ts'
import { type FailureType, failureTypes } from '../../domain/imports/failure.ts'
import { MAX_PROBLEM_ENTRIES } from '../../domain/imports/limits.ts'
import { pauseText } from '../../domain/imports/pause.ts'
import { finalStatuses } from '../../domain/imports/states.ts'
import { problem } from '../../domain/problems/problem.ts'
import type { ImportDeps } from '../core/deps.ts'
import { withKnownFailures } from '../core/failures.ts'
import type { Activities, PauseInput } from '../types.ts'

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
      case failureTypes.referenceDeleted:
        return theDeleted(importId)
      case failureTypes.mailConfiguration:
      case failureTypes.mailUnreachable:
        return { sentence: '', mailServer: await lastFault(db, importId) }
      default:
        return { sentence: '' }
    }
  }

  async function theMoved(importId: string): Promise<{ sentence: string; moved: Moved[] }> {
    const settings = await importSettings(db, importId)
    const moved = settings ? await movedPeople(db, allOpen(importId), settings, MAX_PROBLEM_ENTRIES) : []
    const rows = moved.map(({ row }) => row).slice(0, TOLD)
    const more = moved.length > rows.length ? ', …' : ''
    return { sentence: rows.length > 0 ? ` Rows: ${rows.join(', ')}${more}.` : '', moved }
  }

  async function theDeleted(importId: string): Promise<{ sentence: string; deleted: Deleted[] }> {
    const settings = await importSettings(db, importId)
    const all = settings ? await deletedReferences(db, allOpen(importId), settings) : []
    const deleted = all.slice(0, MAX_PROBLEM_ENTRIES)
    const named = deleted.map(({ kind, name }) => `${words[kind]} ${name === null ? 'of the options' : `“${name}”`}`)
    const more = named.length > TOLD ? ', …' : ''
    return { sentence: named.length > 0 ? ` Deleted: ${named.slice(0, TOLD).join(', ')}${more}.` : '', deleted }
  }

  async function titlesOf(ids: string[]): Promise<string[]> {
    const rows = await db.selectFrom('courses').where('id', 'in', ids).select('title').orderBy('title').execute()
    return rows.map((row) => `“${row.title}”`)
  }
}

/** Of those whom and what a pause is about, how many its sentence tells; all stand in its list. */
const TOLD = 5

const words: Record<Deleted['kind'], string> = {
  company: 'company',
  cohort: 'cohort',
  group: 'group',
  permissionSet: 'permission set',
  course: 'course',
}

const allOpen = (importId: string): RowRange => ({ importId, firstRow: 0, lastRow: 2 ** 31 - 1, begun: true })
