import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../../core/database.ts'
import type { RowsWanted } from './import-rows.ts'

type Which = Pick<RowsWanted, 'outcome' | 'with'>

/** Counts the rows that `importRows` lists. It does not depend on the caller. */
export async function countImportRows(db: Db | Trx, importId: string, which: Which): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (${rowNumbers(importId, which)}) x`.execute(db)
  return rows[0]?.count ?? 0
}

/** A place between two rows of a list: so many of its rows further than the row number `after`. */
export interface RowPlace {
  after: number
  skip: number
}

/** Row numbers of a file that are counted together. */
const STRETCH = 1_000

/**
 * How many rows `importRows` lists, and the places after every `every`-th of them: from these, any page is near. Counted by
 * stretches of the file, because nothing has to be put in order for that: of a million rows, of one outcome or with
 * courses, a numbering of each row took twice as long as this (0.7 s and 3.5 s; 0.3 s and 1.5 s on two busy cores).
 */
export async function markImportRows(
  db: Db | Trx,
  importId: string,
  which: Which,
  every: number,
): Promise<{ count: number; marks: RowPlace[] }> {
  const { rows } = await sql<{ stretch: number; count: number }>`
    SELECT row_no / ${STRETCH}::int AS stretch, count(*)::int AS count FROM (${rowNumbers(importId, which)}) x
    GROUP BY 1 ORDER BY 1`.execute(db)
  const marks: RowPlace[] = []
  let before = 0
  for (const { stretch, count } of rows) {
    for (let next = (marks.length + 1) * every; next <= before + count; next += every) {
      marks.push({ after: Math.max(0, stretch * STRETCH - 1), skip: next - before })
    }
    before += count
  }
  return { count: before, marks }
}

/**
 * Where a page begins that leaves out `skip` rows after the row `after`: the number of the last that is left out; null
 * when the list ends before. OFFSET in `importRows` would look up the person and the courses of each that is left out.
 */
export async function rowBefore(
  db: Db | Trx,
  importId: string,
  { after, skip, ...which }: Which & RowPlace,
): Promise<number | null> {
  if (skip === 0) return after
  const { rows } = await sql<{ row: number }>`
    SELECT row_no AS row FROM (${rowNumbers(importId, which, { after, most: skip })}) x
    ORDER BY row_no LIMIT 1 OFFSET ${skip - 1}`.execute(db)
  return rows[0]?.row ?? null
}

/** Rows that are wanted after a row, and no more of them than these. */
interface Part {
  after: number
  most: number
}

/** The numbers of the rows that `importRows` lists, each once. */
function rowNumbers(importId: string, { outcome, with: gain = null }: Which, part?: Part): RawBuilder<unknown> {
  const from = (table: 'import_rows' | 'outcomes', ...tests: RawBuilder<unknown>[]) => {
    const all = [sql`r.import_id = ${importId}`, ...(part ? [sql`r.row_no > ${part.after}`] : []), ...tests]
    return sql`(SELECT r.row_no FROM ${sql.table(table)} r WHERE ${sql.join(all, sql` AND `)}
      ${part ? sql`ORDER BY r.row_no LIMIT ${part.most}` : sql``})`
  }
  const ofOutcome = outcome === null ? [] : [sql`r.outcome = ${outcome}`]
  if (gain === 'courses') {
    // Each half by itself, as `importRows` has it; an account is no invitation, so no row is in both.
    const got = (table: 'enrolments' | 'invitation_courses', person: string) =>
      from(
        'outcomes',
        ...ofOutcome,
        sql`EXISTS (SELECT FROM ${sql.table(table)} e WHERE e.${sql.ref(person)} = r.user_id AND e.import_id = ${importId})`,
      )
    return sql`${got('enrolments', 'user_id')} UNION ALL ${got('invitation_courses', 'invitation_id')}`
  }
  if (outcome === null) return from('import_rows')
  return outcome === 'invalid' ? from('import_rows', sql`r.errors IS NOT NULL`) : from('outcomes', ...ofOutcome)
}
