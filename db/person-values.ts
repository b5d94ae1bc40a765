import { type RawBuilder, sql } from 'kysely'
import type { ImportOptions } from '../domain/options.ts'

/**
 * The values that a row gives to somebody who is there already, as SQL over `u` (the user), `r` (the row), `c` and
 * `k` (its company and cohort in `import_refs`). Written once: validation counts who would change with the same
 * expressions with which apply changes them.
 */
export interface PersonValue {
  /** Column of `users`. */
  column: string
  /** Name of the field in the API, for before-images. */
  field: string
  value: RawBuilder<unknown>
}

export function personValues(options: Pick<ImportOptions, 'blankCells'>, fields: readonly string[]): PersonValue[] {
  const clears = (field: string) => options.blankCells === 'clear' && fields.includes(field)
  const text = (field: string, column: string): PersonValue => {
    const cell = sql`r.${sql.ref(column)}`
    return { column, field, value: clears(field) ? cell : sql`coalesce(${cell}, u.${sql.ref(column)})` }
  }
  // A cohort belongs to a company: whoever changes company without naming a cohort leaves the old one.
  const staying = sql`CASE WHEN c.resolved_id = u.company_id THEN u.cohort_id END`
  return [
    { column: 'enabled', field: 'enabled', value: sql`coalesce(r.enabled, u.enabled)` },
    { column: 'first_name', field: 'firstName', value: sql`coalesce(r.first_name, u.first_name)` },
    text('lastName', 'last_name'),
    { column: 'company_id', field: 'company', value: sql`c.resolved_id` },
    {
      column: 'cohort_id',
      field: 'cohort',
      value: clears('cohort') ? sql`k.resolved_id` : sql`coalesce(k.resolved_id, ${staying})`,
    },
    { column: 'language', field: 'language', value: sql`coalesce(r.language, u.language)` },
    text('jobRole', 'job_role'),
    text('region', 'region'),
  ]
}

/** True where at least one value of the row differs from what the user has. */
export function anyDiffers(values: readonly PersonValue[]): RawBuilder<boolean> {
  const tests = values.map(({ column, value }) => sql`u.${sql.ref(column)} IS DISTINCT FROM ${value}`)
  return sql<boolean>`(${sql.join(tests, sql` OR `)})`
}

/** The row with its company and cohort, joined as `personValues` expects them; `r` is given by the caller. */
export const withNames = sql`
  JOIN import_refs c ON c.import_id = r.import_id AND c.ref = r.company_ref
  LEFT JOIN import_refs k ON k.import_id = r.import_id AND k.ref = r.cohort_ref`
