import { type RawBuilder, sql } from 'kysely'
import type { ImportOptions } from '../../../domain/imports/options.ts'

/** A value that a row gives to an existing person, as SQL over `person` and the row `source`. */
export interface PersonValue {
  /** Column of `users` and `invitations`. */
  column: string
  /** Name of the field in the API, for before-images. */
  field: string
  value: RawBuilder<unknown>
}

export type ValueOptions = Pick<ImportOptions, 'blankCells' | 'company' | 'permissionSet'>

/**
 * The values that an import gives to existing people, for a file that has columns for `fields`. Validation, the plan and
 * apply use the same expressions.
 */
export function personValues(options: ValueOptions, fields: readonly string[]): PersonValue[] {
  const cell = (column: string) => sql`source.${sql.ref(column)}`
  const kept = (column: string) => sql`coalesce(${cell(column)}, person.${sql.ref(column)})`
  const clearing = options.blankCells === 'clear'
  const optional = (column: string) => (clearing ? cell(column) : kept(column))
  const keys = fields.filter((field) => field.startsWith('custom.')).map((field) => field.slice('custom.'.length))
  const values: (PersonValue & { wanted?: boolean })[] = [
    { column: 'enabled', field: 'enabled', value: kept('enabled') },
    { column: 'first_name', field: 'firstName', value: kept('first_name') },
    { column: 'last_name', field: 'lastName', value: optional('last_name') },
    {
      column: 'company_id',
      field: 'company',
      value: kept('company_id'),
      wanted: fields.includes('company') || options.company !== null,
    },
    { column: 'cohort_id', field: 'cohort', value: cohort(clearing && fields.includes('cohort')), wanted: true },
    { column: 'language', field: 'language', value: kept('language') },
    { column: 'job_role', field: 'jobRole', value: optional('job_role') },
    { column: 'region', field: 'region', value: optional('region') },
    { column: 'description', field: 'description', value: optional('description') },
    { column: 'label', field: 'label', value: optional('label') },
    { column: 'custom', field: 'custom', value: customValues(keys, clearing), wanted: keys.length > 0 },
    {
      column: 'permission_set_id',
      field: 'permissionSet',
      value: sql`${options.permissionSet}::uuid`,
      wanted: options.permissionSet !== null,
    },
  ]
  return values.filter(({ field, wanted }) => wanted ?? fields.includes(field))
}

/** A cohort belongs to a company. A person who changes company, in a row without a cohort, leaves the old cohort. */
function cohort(clears: boolean): RawBuilder<unknown> {
  if (clears) return sql`source.cohort_id`
  return sql`coalesce(source.cohort_id, CASE WHEN coalesce(source.company_id, person.company_id) = person.company_id THEN person.cohort_id END)`
}

function customValues(keys: string[], clears: boolean): RawBuilder<unknown> {
  const before = clears ? sql`(person.custom - ${keys}::text[])` : sql`person.custom`
  return sql`(${before} || coalesce(source.custom, '{}'))`
}

/** True where at least one value of the row differs from the person's. */
export function anyDiffers(values: readonly PersonValue[]): RawBuilder<boolean> {
  const tests = values.map(({ column, value }) => sql`person.${sql.ref(column)} IS DISTINCT FROM ${value}`)
  return sql<boolean>`(${sql.join(
    tests,
    sql`
      OR `,
  )})`
}

/** The replaced values by API field name, so that an administrator can see and undo the change. For `RETURNING`. */
export function beforeImage(values: readonly PersonValue[]): RawBuilder<unknown> {
  const parts = values.map(
    ({ column, field }) => sql`
      CASE WHEN old.${sql.ref(column)} IS DISTINCT FROM new.${sql.ref(column)}
           THEN jsonb_build_object(${sql.lit(field)}, old.${sql.ref(column)}) ELSE '{}' END`,
  )
  return sql`(${sql.join(parts, sql` || `)})`
}

/** The old and the new value of each field that differs. */
export function differences(values: readonly PersonValue[]): RawBuilder<unknown> {
  const parts = values.map(
    ({ column, field, value }) => sql`CASE WHEN person.${sql.ref(column)} IS DISTINCT FROM ${value} THEN
      jsonb_build_object(${sql.lit(field)}, jsonb_build_object('from', person.${sql.ref(column)}, 'to', ${value})) ELSE '{}' END`,
  )
  return sql`(${sql.join(parts, sql` || `)})`
}

/** Digest of the person's values. Equal as long as none of them changes. */
export function fingerprint(values: readonly PersonValue[]): RawBuilder<string> {
  return sql<string>`md5(ROW(${sql.join(values.map(({ column }) => sql`person.${sql.ref(column)}`))})::text)::uuid`
}
