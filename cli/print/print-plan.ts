import type { ReferenceNames } from '../flags/reference-names.ts'
import type { Paint } from '../terminal/io.ts'
import { count, number, plain, quoted, table } from '../terminal/text.ts'
import type { Import, PlanRow } from '../types.ts'

/** Fields of a plan whose values are ids, and the list of the API that holds their names. */
export const references: Record<string, string> = {
  company: 'companies',
  cohort: 'cohorts',
  permissionSet: 'permission-sets',
  groups: 'groups',
}

const verbs: Record<string, string> = {
  create: 'create',
  invite: 'invite',
  update: 'change',
  skip: 'skip',
  invalid: 'invalid',
}

const reasons: Record<string, string> = {
  'already-there': 'is there already, and existing is skip',
  unchanged: 'nothing in the file is new',
}

/**
 * Formats one line for each row of a plan: created, changed from what to what, skipped and why, or invalid.
 *
 * @param more the number of further rows in the plan
 */
export function planLines(rows: readonly PlanRow[], names: ReferenceNames, more: number, paint: Paint): string[] {
  const lines = table(
    rows.map((row) => [
      `row ${row.row}`,
      verbs[row.action] ?? plain(row.action),
      plain(row.email ?? ''),
      whatHappens(row, names).join('; '),
    ]),
  )
  return more > 0 ? [...lines, paint('dim', `… and ${count(more, 'row')} more`)] : lines
}

/** Returns how many rows the plan has, in total or with one action. */
export function plannedRows({ plan, counts }: Import, action: string | undefined): number {
  if (plan === null) return 0
  if (action === undefined) return counts.records
  return Object.hasOwn(plan, action) ? Number(plan[action as keyof typeof plan]) : 0
}

function whatHappens(row: PlanRow, names: ReferenceNames): string[] {
  const { action, reason, changes, groups, courses, sendsEmail, setsPassword, errors } = row
  if (action === 'invalid') {
    return errors.map(({ column, message, value }) =>
      [column === null ? '' : `${plain(column)}: `, value === null ? '' : `${quoted(value)} `, plain(message)].join(''),
    )
  }
  const shown = (field: string, value: unknown): string => valueText(field, value, names)
  return [
    ...(reason === null ? [] : [reasons[reason] ?? plain(reason)]),
    ...Object.entries(changes).map(
      ([field, { from, to }]) => `${plain(field)}: ${shown(field, from)} → ${shown(field, to)}`,
    ),
    ...(groups.length > 0 ? [`groups: ${shown('groups', groups)}`] : []),
    ...(courses.length > 0 ? [`courses: ${courses.map(plain).join(', ')}`] : []),
    ...(sendsEmail ? ['gets an e-mail'] : []),
    ...(setsPassword ? ['gets a password'] : []),
  ]
}

function valueText(field: string, value: unknown, names: ReferenceNames): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '(none)'
  const list = references[field]
  if (list !== undefined)
    return [value]
      .flat()
      .map((id) => plain(names.of(String(id))))
      .join(' / ')
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'number' ? number(value) : plain(JSON.stringify(value))
}
