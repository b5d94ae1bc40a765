import type { Db } from '../../../db/core/database.ts'
import type { Scope } from '../../../db/core/page.ts'
import { eachImportRow, type ImportRow } from '../../../db/imports/rows/import-rows.ts'
import type { ImportJson } from '../import-schemas.ts'
import { csvLines } from './csv-lines.ts'

/** Outcomes that are lists of the result (FORMATS.md, A). An import that invites has a list of invited users, too. */
const lists = ['created', 'updated', 'skipped'] as const

/** Streams the result as CSV, one row for each user. */
export async function* resultCsv(db: Db, importId: string, scope: Scope): AsyncGenerator<string> {
  yield csvLines([['row', 'email', 'first name', 'last name', 'status', 'courses']], true)
  for await (const rows of eachImportRow(db, importId, { outcome: null, scope })) {
    const written = rows.filter(({ outcome }) => outcome !== null && outcome !== 'invalid')
    yield csvLines(written.map((r) => [r.row, r.email, r.firstName, r.lastName, r.outcome, r.courses.join('; ')]))
  }
}

/** Streams the result as JSON: the import and its summary, then a list of its users for each outcome. */
export async function* resultJson(db: Db, entry: ImportJson, scope: Scope, now: Date): AsyncGenerator<string> {
  const { created, invited, updated, skipped, assignments } = entry.counts
  const invites = entry.options.mode === 'invite'
  const summary = { created, ...(invites ? { invited } : {}), updated, skipped, assignments }
  yield `{"import":${JSON.stringify(entry)},"exportedAt":${JSON.stringify(now)},"summary":${JSON.stringify(summary)}`
  for (const outcome of invites ? (['invited', ...lists] as const) : lists) {
    yield `,"${outcome}":[`
    let separator = '\n'
    for await (const rows of eachImportRow(db, entry.id, { outcome, scope })) {
      yield separator + rows.map((row) => JSON.stringify(userOf(row))).join(',\n')
      separator = ',\n'
    }
    yield ']'
  }
  yield '}\n'
}

function userOf({ row, email, firstName, lastName, user, courses }: ImportRow) {
  return { row, email, firstName, lastName, user, courses }
}
