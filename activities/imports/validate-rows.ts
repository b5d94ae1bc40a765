import { sql } from 'kysely'
import type { Trx } from '../../db/core/database.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { inside, takeOverImport } from '../../db/imports/apply/take-over.ts'
import { settingsOf } from '../../db/imports/import-settings.ts'
import { expandEnrol, missingChoices } from '../../db/imports/validate/choices.ts'
import {
  flagDuplicates,
  flagForeignPeople,
  flagMissingCompany,
  flagUnknownGroups,
  flagUnknownNames,
  type HeaderOf,
} from '../../db/imports/validate/flag-rows.ts'
import {
  countInvalid,
  countPlan,
  forgetUnusedGroups,
  matchUsers,
  mergeSpellings,
} from '../../db/imports/validate/freeze-plan.ts'
import { resolveNames, resolveTitles } from '../../db/imports/validate/resolve-names.ts'
import type { Plan } from '../../domain/imports/counts.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { Mapping } from '../../domain/people/fields.ts'
import { mustBeFilled, templates } from '../../domain/people/templates/index.ts'
import type { Problem } from '../../domain/problems/problem.ts'
import type { ImportDeps } from '../core/deps.ts'
import { permanent, withKnownFailures } from '../core/failures.ts'
import { heartbeating } from '../core/heartbeat.ts'
import type { Activities, ValidateResult } from '../types.ts'
import { choicesGone, closedCourses, invalidRows, unmatchedTitles } from './validate/refusals.ts'

/**
 * Checks every row and every title, then freezes the plan, in one transaction: until it commits nothing has been
 * checked, afterwards everything has. It writes nothing outside the import's own tables.
 */
export function createValidateRows({ db, log }: ImportDeps): Activities['validateRows'] {
  return ({ importId }) =>
    withKnownFailures(() =>
      heartbeating(
        () => undefined,
        async (signal) => {
          const result = await inTransaction(db, (trx) => validate(trx, importId, signal))
          log.info({ importId, result: result.result, invalidRows: result.invalidRows }, 'rows checked')
          return result
        },
      ),
    )
}

async function validate(trx: Trx, importId: string, signal: AbortSignal): Promise<ValidateResult> {
  await takeOverImport(inside(trx), importId)
  const row = await trx.selectFrom('imports').selectAll().where('id', '=', importId).executeTakeFirst()
  if (!row) throw permanent(failureTypes.importNotFound, 'The database does not know this import.')
  if (row.phase !== 'validate') return answer(row)
  const { scope, options } = row
  const settings = settingsOf(row)
  const header = headersOf(row)
  const refuse = (problem: Problem, invalid: number) =>
    end(trx, importId, { company_names, plan: { ...nothing, invalid }, problem })
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
  if (missing.length > 0) return refuse(choicesGone(missing), await countInvalid(trx, importId))
  const unmatched = await resolveTitles(trx, importId, scope)
  if (unmatched.length > 0) return refuse(unmatchedTitles(unmatched), await countInvalid(trx, importId))
  const closed = await expandEnrol(trx, importId, options, scope)
  if (closed.length > 0) return refuse(closedCourses(closed), await countInvalid(trx, importId))
  await runUnlessAborted(signal, [
    () => mergeSpellings(trx, importId),
    () => forgetUnusedGroups(trx, importId),
    () => matchUsers(trx, importId, settings),
  ])
  const plan = await countPlan(trx, importId, settings)
  if (options.invalidRows === 'reject' && plan.invalid > 0) {
    return refuse(await invalidRows(trx, importId, plan.invalid), plan.invalid)
  }
  return end(trx, importId, { company_names, plan, problem: null })
}

async function runUnlessAborted(signal: AbortSignal, steps: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) {
    signal.throwIfAborted()
    await step()
  }
}

/**
 * Whether somebody new without a company would be a mistake that nothing has told yet: the template has people of
 * companies only, or the asker is limited to some. Where every cell must be filled in, the row was told when it was
 * read, and a pass over all rows would find nothing.
 */
function mayMissCompany({ template, scope }: { template: string; scope: string[] | null }): boolean {
  const column = templates.get(template)?.columns.find(({ field }) => field === 'company')
  if (column && mustBeFilled(column)) return false
  return scope !== null || (column?.required ?? false)
}

/** The header that a person reads above a field: as they matched it, or as the template has it. */
function headersOf({ template, mapping }: { template: string; mapping: Mapping | null }): HeaderOf {
  const columns = templates.get(template)?.columns ?? []
  return (field) => mapping?.[field] ?? columns.find((column) => column.field === field)?.header ?? field
}

/** The companies that the file names and that exist, for people who look at the import. */
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

/** The plan of a refused file: nothing is done to anybody. */
const nothing: Plan = { create: 0, invite: 0, update: 0, skip: 0, invalid: 0, assignments: 0, emails: 0 }

interface Verdict {
  company_names: string[]
  plan: Plan
  problem: Problem | null
}

/** Stores the verdict: a refusal ends the import here and now, a valid file goes on to review or apply. */
async function end(trx: Trx, importId: string, verdict: Verdict): Promise<ValidateResult> {
  const { company_names, plan, problem } = verdict
  const row = await trx
    .updateTable('imports')
    .set({
      company_names,
      plan: JSON.stringify(plan),
      problem: problem ? JSON.stringify(problem) : null,
      phase: problem
        ? 'done'
        : sql`CASE WHEN (options->>'review')::bool OR (options->>'dryRun')::bool
                                     THEN 'review' ELSE 'apply' END`,
      ...(problem ? { status: 'rejected' as const, finished_at: sql<Date>`now()` } : {}),
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', importId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return answer(row)
}

function answer(row: {
  company_names: string[]
  records: number | null
  plan: Plan | null
  problem: Problem | null
}): ValidateResult {
  return {
    result: row.problem ? 'rejected' : 'valid',
    companies: row.company_names,
    records: row.records ?? 0,
    invalidRows: row.plan?.invalid ?? 0,
    plan: row.plan,
    problem: row.problem && { code: row.problem.code, detail: row.problem.title },
  }
}
