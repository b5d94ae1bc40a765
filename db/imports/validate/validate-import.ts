import type { Plan } from '../../../domain/imports/counts.ts'
import type { Mapping } from '../../../domain/people/fields.ts'
import { mustBeFilled, templates } from '../../../domain/people/templates/index.ts'
import type { Problem } from '../../../domain/problems/problem.ts'
import {
  choicesGone,
  closedCourses,
  invalidRows,
  unmatchedTitles,
} from '../../../domain/problems/validation-problems.ts'
import type { Trx } from '../../core/database.ts'
import { inside, takeOverImport } from '../apply/take-over.ts'
import { importSettings, settingsOf } from '../import-settings.ts'
import { firstErrors } from '../rows/row-errors.ts'
import { type CheckedImport, markChecked } from '../transitions.ts'
import { expandEnrol, missingChoices } from './choices.ts'
import {
  flagDuplicates,
  flagForeignPeople,
  flagMissingCompany,
  flagUnknownGroups,
  flagUnknownNames,
  type HeaderOf,
} from './flag-rows.ts'
import { countInvalid, countPlan, forgetUnusedGroups, matchUsers, mergeSpellings } from './freeze-plan.ts'
import { resolveNames, resolveTitles } from './resolve-names.ts'

/**
 * Checks every row and every title, then freezes the plan or rejects the file. Call it in a transaction. An import that
 * is past validation is returned as it is.
 *
 * @param signal aborts between two statements
 * @returns null when there is no such import
 */
export async function validateImport(trx: Trx, importId: string, signal: AbortSignal): Promise<CheckedImport | null> {
  await takeOverImport(inside(trx), importId)
  const row = await trx.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst()
  if (!row) return null
  if (row.phase !== 'validate') return row
  const { scope, options } = row
  const settings = settingsOf(row)
  const header = headersOf(row)
  const reject = (problem: Problem, invalid: number) =>
    markChecked(trx, row, { company_names, plan: { ...emptyPlan, invalid }, problem })
  const missing = await missingChoices(trx, options)
  await runUnlessAborted(signal, [
    () => resolveNames(trx, importId, scope),
    () => flagUnknownNames(trx, importId, header),
    ...(mayMissCompany(row) ? [() => flagMissingCompany(trx, importId, header)] : []),
    () => flagUnknownGroups(trx, importId, options.unknownGroups === 'create', header),
    () => flagDuplicates(trx, importId, header),
    () => flagForeignPeople(trx, importId, scope, header),
  ])
  const company_names = await companiesOf(trx, importId)
  if (missing.length > 0) return reject(choicesGone(missing), await countInvalid(trx, importId))
  const unmatched = await resolveTitles(trx, importId, scope)
  if (unmatched.length > 0) return reject(unmatchedTitles(unmatched), await countInvalid(trx, importId))
  const closed = await expandEnrol(trx, importId, options, scope)
  if (closed.length > 0) return reject(closedCourses(closed), await countInvalid(trx, importId))
  await runUnlessAborted(signal, [
    () => mergeSpellings(trx, importId),
    () => forgetUnusedGroups(trx, importId),
    () => matchUsers(trx, importId, settings),
  ])
  const plan = await countPlan(trx, importId, settings)
  if (options.invalidRows === 'reject' && plan.invalid > 0) {
    return reject(invalidRows(await firstErrors(trx, importId), plan.invalid), plan.invalid)
  }
  return markChecked(trx, row, { company_names, plan, problem: null })
}

/**
 * Rebuilds the plan for rows without an outcome. Call it in a transaction.
 *
 * @returns false when there is no such import
 */
export async function rebuildPlan(trx: Trx, importId: string): Promise<boolean> {
  await takeOverImport(inside(trx), importId)
  const settings = await importSettings(trx, importId)
  if (!settings) return false
  await matchUsers(trx, importId, settings, true)
  return true
}

/** The plan of a rejected file, which changes no user. */
const emptyPlan: Plan = { create: 0, invite: 0, update: 0, skip: 0, invalid: 0, assignments: 0, emails: 0 }

async function runUnlessAborted(signal: AbortSignal, steps: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) {
    signal.throwIfAborted()
    await step()
  }
}

/**
 * Whether a new user without a company can be an error that parsing has not found. That is so when the template needs a
 * company or the import is limited to some companies. When the template needs a value in every cell, parsing has already
 * found the error, and a pass over all rows would find nothing.
 */
function mayMissCompany({ template, scope }: { template: string; scope: string[] | null }): boolean {
  const column = templates.get(template)?.columns.find(({ field }) => field === 'company')
  if (column && mustBeFilled(column)) return false
  return scope !== null || (column?.required ?? false)
}

/** Returns the header of a field for error messages: as it was matched, or as the template names it. */
function headersOf({ template, mapping }: { template: string; mapping: Mapping | null }): HeaderOf {
  const columns = templates.get(template)?.columns ?? []
  return (field) => mapping?.[field] ?? columns.find((column) => column.field === field)?.header ?? field
}

/** Lists up to 100 existing companies that the file names, those with the most rows first. */
async function companiesOf(trx: Trx, importId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('import_refs')
    .where('import_id', '=', importId)
    .where('kind', '=', 'company')
    .where('resolved_id', 'is not', null)
    .select('name')
    .orderBy('row_count', 'desc')
    .orderBy('name')
    .limit(100)
    .execute()
  return rows.map(({ name }) => name)
}
