import type { Db } from '../../../db/core/database.ts'
import { namesOf } from '../../../db/core/names.ts'
import { eachPlanRow, type PlannedImport, type PlanRow } from '../../../db/imports/rows/plan-rows.ts'
import { reasonsOf } from '../../../domain/problems/problem.ts'
import { csvLines } from './csv-lines.ts'

const header = ['row', 'action', 'reason', 'email', 'changes', 'groups', 'courses', 'e-mail', 'new password', 'errors']

/** Streams the plan as CSV, like the result. Shows references by name. */
export async function* planCsv(db: Db, planned: PlannedImport): AsyncGenerator<string> {
  yield csvLines([header], true)
  for await (const rows of eachPlanRow(db, planned)) {
    const names = await namesOf(db, rows.flatMap(referencesOf))
    yield csvLines(rows.map((row) => cellsOf(row, names)))
  }
}

const references = new Set(['company', 'cohort', 'permissionSet', 'groups'])

function referencesOf({ changes, groups }: PlanRow): string[] {
  const named = Object.entries(changes).filter(([field]) => references.has(field))
  return [...groups, ...named.flatMap(([, { from, to }]) => [from, to].flat().filter((id) => typeof id === 'string'))]
}

function cellsOf(row: PlanRow, names: Map<string, string>): (string | number | null)[] {
  const { changes, groups, courses, sendsEmail, setsPassword } = row
  const name = (id: unknown) => names.get(String(id)) ?? String(id)
  const shown = (field: string, value: unknown): string => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return '(none)'
    if (references.has(field)) return [value].flat().map(name).join(' / ')
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  return [
    row.row,
    row.action,
    row.reason,
    row.email,
    Object.entries(changes)
      .map(([field, { from, to }]) => `${field}: ${shown(field, from)} → ${shown(field, to)}`)
      .join('; '),
    groups.map(name).join(' / '),
    courses.join('; '),
    sendsEmail ? 'yes' : 'no',
    setsPassword ? 'yes' : 'no',
    reasonsOf(row.errors),
  ]
}
