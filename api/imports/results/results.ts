import { stringify } from 'csv-stringify/sync'
import type { Db } from '../../../db/core/database.ts'
import type { Scope } from '../../../db/core/page.ts'
import { eachImportRow, type ImportRow } from '../../../db/imports/rows/import-rows.ts'
import type { ImportJson } from '../import-schemas.ts'

/** Outcomes that are lists of the result (FORMATS.md, A); where people are invited there is a list of them, too. */
const lists = ['created', 'updated', 'skipped'] as const

/**
 * The result as a table: a row a user. RFC 4180 with a BOM, without which Excel takes UTF-8 for something else, and
 * with a `'` before whatever a spreadsheet would run as a formula (ASVS 5.0, 1.2.10).
 */
export async function* resultCsv(db: Db, importId: string, scope: Scope): AsyncGenerator<string> {
  yield csvLines([['row', 'email', 'first name', 'last name', 'status', 'courses']], true)
  for await (const rows of eachImportRow(db, importId, { outcome: null, scope })) {
    const written = rows.filter(({ outcome }) => outcome !== null && outcome !== 'invalid')
    yield csvLines(written.map((r) => [r.row, r.email, r.firstName, r.lastName, r.outcome, r.courses.join('; ')]))
  }
}

/** Lines of a table, as Excel and RFC 4180 want them. */
export function csvLines(cells: (string | number | null)[][], bom = false): string {
  return stringify(cells, { record_delimiter: '\r\n', escape_formulas: true, bom })
}

/** The result as JSON: what the import was and did, then the list of its users for each outcome. */
export async function* resultJson(db: Db, entry: ImportJson, scope: Scope, now: Date): AsyncGenerator<string> {
  const { created, invited, updated, skipped, assignments } = entry.counts
  const invites = entry.options.mode === 'invite'
  const summary = { created, ...(invites ? { invited } : {}), updated, skipped, assignments }
  yield `{"import":${JSON.stringify(entry)},"exportedAt":${JSON.stringify(now)},"summary":${JSON.stringify(summary)}`
  for (const outcome of invites ? (['invited', ...lists] as const) : lists) {
    yield `,"${outcome}":[`
    let separator = '\n'
    for await (const rows of eachImportRow(db, entry.id, { outcome, scope })) {
      yield separator + rows.map((row) => JSON.stringify(person(row))).join(',\n')
      separator = ',\n'
    }
    yield ']'
  }
  yield '}\n'
}

function person({ row, email, firstName, lastName, user, courses }: ImportRow) {
  return { row, email, firstName, lastName, user, courses }
}

/** `import-result-2026-03-03T14-02-11Z.csv`: sorts by time, and no file system refuses it. */
export function stampedName(
  what: 'import-result' | 'import-errors' | 'import-plan',
  now: Date,
  extension: 'csv' | 'json',
): string {
  return `${what}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.${extension}`
}
