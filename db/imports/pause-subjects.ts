import { type FailureType, failureTypes } from '../../domain/imports/failure.ts'
import { MAX_PROBLEM_ENTRIES } from '../../domain/imports/limits.ts'
import type { PauseSubjects } from '../../domain/imports/pause.ts'
import type { Db } from '../core/database.ts'
import { lastFault } from '../emails/outbox.ts'
import type { RowRange } from './apply/apply-rows.ts'
import { type Deleted, deletedReferences } from './apply/deleted-references.ts'
import { importSettings } from './import-settings.ts'
import { movedPeople } from './validate/moved.ts'

/** The largest number of users or references in the sentence of a pause. Its lists have up to MAX_PROBLEM_ENTRIES. */
const MAX_NAMED = 5

/**
 * Finds the users, references or mail error that a pause is about.
 *
 * @param courseIds courses that the failure names; empty for every other failure
 */
export async function pauseSubjects(
  db: Db,
  { importId, failure, courseIds }: { importId: string; failure: string; courseIds: string[] },
): Promise<PauseSubjects> {
  if (courseIds.length > 0) {
    return { sentence: ` Courses: ${(await titlesOf(db, courseIds)).join(', ')}.`, courses: courseIds }
  }
  switch (failure as FailureType) {
    case failureTypes.planOutdated:
      return changedUsers(db, importId)
    case failureTypes.referenceDeleted:
      return deletedOnes(db, importId)
    case failureTypes.mailConfiguration:
    case failureTypes.mailUnreachable:
      return { sentence: '', mailServer: await lastFault(db, importId) }
    default:
      return { sentence: '' }
  }
}

async function changedUsers(db: Db, importId: string): Promise<PauseSubjects> {
  const settings = await importSettings(db, importId)
  const moved = settings ? await movedPeople(db, openRange(importId), settings, MAX_PROBLEM_ENTRIES) : []
  const rows = moved.map(({ row }) => row).slice(0, MAX_NAMED)
  const more = moved.length > rows.length ? ', …' : ''
  return { sentence: rows.length > 0 ? ` Rows: ${rows.join(', ')}${more}.` : '', moved }
}

async function deletedOnes(db: Db, importId: string): Promise<PauseSubjects> {
  const settings = await importSettings(db, importId)
  const all = settings ? await deletedReferences(db, openRange(importId), settings) : []
  const deleted = all.slice(0, MAX_PROBLEM_ENTRIES)
  const named = deleted.map(({ kind, name }) => `${words[kind]} ${name === null ? 'of the options' : `“${name}”`}`)
  const more = named.length > MAX_NAMED ? ', …' : ''
  return { sentence: named.length > 0 ? ` Deleted: ${named.slice(0, MAX_NAMED).join(', ')}${more}.` : '', deleted }
}

async function titlesOf(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db.selectFrom('courses').where('id', 'in', ids).select('title').orderBy('title').execute()
  return rows.map((row) => `“${row.title}”`)
}

const words: Record<Deleted['kind'], string> = {
  company: 'company',
  cohort: 'cohort',
  group: 'group',
  permissionSet: 'permission set',
  course: 'course',
}

/** Every row of the import without an outcome. */
const openRange = (importId: string): RowRange => ({ importId, firstRow: 0, lastRow: 2 ** 31 - 1, begun: true })
