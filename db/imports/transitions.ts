import { type Selectable, sql, type UpdateObject } from 'kysely'
import type { Plan } from '../../domain/imports/counts.ts'
import { pauseProblem } from '../../domain/imports/pause.ts'
import type { FinalStatus, ImportPhase, ImportStatus } from '../../domain/imports/states.ts'
import {
  type Cause,
  canRecheck,
  type Transition,
  transitionInto,
  transitions,
} from '../../domain/imports/transitions.ts'
import type { Problem } from '../../domain/problems/problem.ts'
import type { Db, Trx } from '../core/database.ts'
import type { Database } from '../core/schema.ts'
import { supersedeMailing } from '../emails/supersede-emails.ts'
import type { ImportsTable, StoredDetection } from '../tables/imports.ts'
import type { RunStatement } from './apply/take-over.ts'

/** The only place that writes `status` and `phase` of `imports`. The table of transitions decides, in each statement. */

type Columns = Omit<UpdateObject<Database, 'imports'>, 'status' | 'phase' | 'updated_at'>

const now = sql<Date>`now()`

/** Builds the guarded statement. It changes no row when the table does not allow the transition. */
function change(db: Db | Trx, importId: string, transition: Transition, by: Cause, phase: ImportPhase, set: Columns) {
  const { from, fromPhases, to, phases } = transition
  const allowed = transition.by.includes(by) && phases.includes(phase)
  return db
    .updateTable('imports')
    .set({ ...set, ...(to === null ? {} : { status: to }), phase, updated_at: now })
    .where('id', '=', importId)
    .where('status', 'in', [...from])
    .$if(!allowed, (query) => query.where(sql<boolean>`false`))
    .$if(fromPhases !== undefined, (query) => query.where('phase', 'in', fromPhases ?? []))
}

/**
 * Moves an import into a running status of its current check. An import that has ended stays as it ended.
 *
 * @param check the number of the check that the workflow runs; a later check makes this move void
 * @returns whether the import moved
 */
export async function moveImport(
  db: Db,
  { importId, check, status, phase }: { importId: string; check: number; status: ImportStatus; phase: ImportPhase },
): Promise<boolean> {
  const transition = transitionInto(phase)
  if (transition?.to !== status) return false
  const applies = phase === 'apply' || phase === 'notify'
  const { numUpdatedRows } = await change(db, importId, transition, 'workflow', phase, {
    problem: null,
    started_at: sql<Date>`coalesce(started_at, now())`,
    ...(applies ? { confirmed_at: sql<Date>`coalesce(confirmed_at, now())` } : {}),
  })
    .where('checks', '=', check)
    .executeTakeFirst()
  // Without statistics on a million new rows, each claim scans them all (measured: 269 rows a second instead of 2,200).
  if (phase === 'notify') await sql`ANALYZE users, outbox, outcomes`.execute(db)
  return numUpdatedRows > 0n
}

export interface ParsedFile {
  records: number
  fields: string[]
  detection: StoredDetection
  /** The import that the file says it corrects. It is ignored when it is outside this import's scope. */
  parent: string | null
}

/** Records that all rows are stored. Runs in the transaction that copied them, which Kysely does not manage. */
export async function markParsed(run: RunStatement, importId: string, file: ParsedFile): Promise<void> {
  const { from, fromPhases, phases } = transitions.parsed
  await run(
    `UPDATE imports i SET phase = $6, records = $2, fields = $3, detection = $4, updated_at = now(),
            parent_id = (SELECT p.id FROM imports p WHERE p.id = $5 AND (i.scope IS NULL OR p.scope <@ i.scope))
      WHERE id = $1 AND status = ANY ($7) AND phase = ANY ($8)`,
    [importId, file.records, file.fields, JSON.stringify(file.detection), file.parent, phases[0], from, fromPhases],
  )
}

export type CheckedImport = Pick<Selectable<ImportsTable>, 'company_names' | 'records' | 'plan' | 'problem'>

const checkedColumns = ['company_names', 'records', 'plan', 'problem'] as const

/**
 * Stores the frozen plan, or the reason why validation rejects the file.
 *
 * @returns the import as it is now; unchanged when it has ended meanwhile
 */
export async function markChecked(
  trx: Trx,
  { id, options }: Pick<Selectable<ImportsTable>, 'id' | 'options'>,
  checked: { company_names: string[]; plan: Plan; problem: Problem | null },
): Promise<CheckedImport> {
  const { company_names, plan, problem } = checked
  const columns = { company_names, plan: JSON.stringify(plan), problem: problem && JSON.stringify(problem) }
  const query = problem
    ? change(trx, id, transitions.reject, 'workflow', 'done', { ...columns, finished_at: now })
    : change(trx, id, transitions.planned, 'workflow', options.review || options.dryRun ? 'review' : 'apply', columns)
  const changed = await query.where('phase', '=', 'validate').returning(checkedColumns).executeTakeFirst()
  return changed ?? trx.selectFrom('imports').where('id', '=', id).select(checkedColumns).executeTakeFirstOrThrow()
}

/** Ends an import whose file cannot be read. Nothing of the file stays staged. */
export async function rejectImport(db: Db, importId: string, problem: Problem): Promise<void> {
  const columns = { problem: JSON.stringify(problem), finished_at: now }
  await change(db, importId, transitions.reject, 'workflow', 'done', columns).execute()
}

/** Records that the import waits for an administrator, and why. */
export async function pauseImport(db: Db, importId: string, phase: ImportPhase, problem: Problem): Promise<void> {
  await change(db, importId, transitions.pause, 'workflow', phase, { problem: JSON.stringify(problem) }).execute()
}

const endings = {
  completed: transitions.complete,
  rejected: transitions.reject,
  cancelled: transitions.cancel,
  failed: transitions.fail,
} as const satisfies Record<FinalStatus, Transition>

/**
 * Records how an import ended. An import that was cancelled or failed supersedes its unsent e-mails. Its users keep
 * their accounts, and an administrator can send them a link from the user list.
 *
 * @param failure why a `failed` import failed
 * @returns whether this call ended it
 */
export function finishImport(
  trx: Trx,
  {
    importId,
    check,
    status,
    failure,
  }: { importId: string; check: number; status: FinalStatus; failure: string | null },
): Promise<boolean> {
  return end(trx, importId, status, 'workflow', { check, failure })
}

/** Ends an import that has no workflow, as its workflow would. Call it in a transaction. */
export async function cancelImport(trx: Trx, importId: string): Promise<void> {
  await end(trx, importId, 'cancelled', 'administrator', { check: null, failure: null })
}

async function end(
  trx: Trx,
  importId: string,
  status: FinalStatus,
  by: Cause,
  { check, failure }: { check: number | null; failure: string | null },
): Promise<boolean> {
  const before = await trx.selectFrom('imports').where('id', '=', importId).select('phase').executeTakeFirst()
  const problem = status === 'failed' ? JSON.stringify(pauseProblem(failure ?? '', before?.phase ?? 'done')) : null
  const { numUpdatedRows } = await change(trx, importId, endings[status], by, 'done', {
    finished_at: sql<Date>`coalesce(finished_at, now())`,
    // A rejected import keeps its problem, and its password for a recheck.
    ...(status === 'rejected' ? {} : { problem, password_hash: null }),
  })
    .$if(check !== null, (query) => query.where('checks', '=', check ?? 0))
    .executeTakeFirst()
  const ended = numUpdatedRows > 0n
  if (ended && (status === 'cancelled' || status === 'failed')) await supersedeMailing(trx, importId)
  return ended
}

/**
 * Prepares an import without a workflow for a new one, which continues in the same phase. The import counts as not
 * started, so the dispatcher starts its workflow when the request cannot.
 */
export async function reopenImport(
  db: Db | Trx,
  { id, phase }: Pick<Selectable<ImportsTable>, 'id' | 'phase'>,
): Promise<void> {
  const transition = transitionInto(phase)
  if (!transition) return
  const columns = { problem: null, workflow_started_at: null }
  await change(db, id, transition, 'administrator', phase, columns).where('phase', '=', phase).execute()
}

/**
 * Takes an import back to its beginning, so that the stored file can be validated again. Deletes the results of the check.
 * Call it in a transaction.
 *
 * @param check the check whose result is void; a repeated call changes nothing
 * @returns whether the import is at its beginning
 */
export async function recheckImport(trx: Trx, importId: string, check: number): Promise<boolean> {
  const row = await trx
    .selectFrom('imports')
    .where('id', '=', importId)
    .where('checks', '=', check)
    .select(['status', 'options', 'confirmed_at', 'cancel_requested_at'])
    .forUpdate()
    .executeTakeFirst()
  if (!row) return false
  const decided = row.confirmed_at !== null || row.cancel_requested_at !== null
  if (!canRecheck({ status: row.status, dryRun: row.options.dryRun, decided })) return false
  await change(trx, importId, transitions.recheck, 'workflow', 'receive', {
    checks: check + 1,
    records: null,
    fields: [],
    detection: null,
    company_names: [],
    plan: null,
    problem: null,
    confirmed_at: null,
    // A cancellation that arrived after the previous check ended must not end this check.
    cancel_requested_at: null,
    finished_at: null,
    report_sent_at: null,
  }).execute()
  await trx.deleteFrom('import_rows').where('import_id', '=', importId).execute()
  await trx.deleteFrom('import_refs').where('import_id', '=', importId).execute()
  await trx.deleteFrom('import_matches').where('import_id', '=', importId).execute()
  await trx.deleteFrom('import_courses').where('import_id', '=', importId).execute()
  return true
}
