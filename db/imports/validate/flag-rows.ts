import { sql } from 'kysely'
import type { Trx } from '../../core/database.ts'

/** Returns the header of a field, to name the column in an error. */
export type HeaderOf = (field: 'company' | 'cohort' | 'email' | 'groups') => string

/** Adds an error to rows chosen by `which`, a query that gives `row_no` and the `value` found. */
function flag(
  trx: Trx,
  importId: string,
  column: string,
  code: string,
  message: string,
  which: ReturnType<typeof sql>,
) {
  return sql`
    UPDATE import_rows r SET errors = coalesce(r.errors, '[]') || jsonb_build_array(jsonb_build_object(
      'column', ${column}::text, 'code', ${code}::text, 'message', replace(${message}, '%', coalesce(w.hint, '')),
      'value', w.value))
      FROM (${which}) AS w(row_no, value, hint)
     WHERE r.import_id = ${importId} AND r.row_no = w.row_no`.execute(trx)
}

/** Flags rows with an unknown company or cohort. A cohort is checked only when its company is known. */
export async function flagUnknownNames(trx: Trx, importId: string, header: HeaderOf): Promise<void> {
  const unknown = (kind: 'company' | 'cohort') => sql`
    SELECT r.row_no, n.name, NULL::text FROM import_rows r
      JOIN import_refs n ON n.import_id = r.import_id AND n.ref = r.${sql.ref(`${kind}_ref`)}
      LEFT JOIN import_refs c ON c.import_id = n.import_id AND c.ref = n.company_ref
     WHERE r.import_id = ${importId} AND n.resolved_id IS NULL
       AND (n.company_ref IS NULL OR c.resolved_id IS NOT NULL)`
  const none = await sql<{ kind: 'company' | 'cohort' }>`
    SELECT DISTINCT kind FROM import_refs
     WHERE import_id = ${importId} AND kind IN ('company', 'cohort') AND resolved_id IS NULL`.execute(trx)
  for (const { kind } of none.rows) {
    const message =
      kind === 'company'
        ? 'No company has exactly this name.'
        : 'The company of this row has no cohort with exactly this name.'
    await flag(trx, importId, header(kind), `unknown-${kind}`, message, unknown(kind))
  }
}

/**
 * Flags new users without a company when the template requires a company, or when the caller is limited to companies. A
 * key must be able to see every user that it creates. Existing users keep their company.
 */
export async function flagMissingCompany(trx: Trx, importId: string, header: HeaderOf): Promise<void> {
  const nowhere = sql`SELECT r.row_no, NULL::text, NULL::text FROM import_rows r
    WHERE r.import_id = ${importId} AND r.company_ref IS NULL AND coalesce(r.email, r.first_name, r.last_name) IS NOT NULL
      AND NOT EXISTS (SELECT FROM people u WHERE u.email_key = r.email_key)
      AND (r.errors @> jsonb_build_array(jsonb_build_object('column', ${header('company')}::text,
        'code', 'missing-value'))) IS NOT TRUE`
  const message = 'A company is required: fill it in, or choose one for all such rows with the option company.'
  await flag(trx, importId, header('company'), 'missing-value', message, nowhere)
}

/** The longest name of a group in the catalogue. An index could not hold a longer name. */
const MAX_GROUP_NAME = 255

/** Flags rows with an unknown group. With `unknownGroups: create`, it flags only names that no group can have. */
export async function flagUnknownGroups(trx: Trx, importId: string, creates: boolean, header: HeaderOf) {
  const bad = sql`n.import_id = ${importId} AND n.kind = 'group' AND n.resolved_id IS NULL
    AND (NOT ${creates}::boolean OR length(n.name) > ${MAX_GROUP_NAME})`
  const none = await sql`SELECT FROM import_refs n WHERE ${bad} LIMIT 1`.execute(trx)
  if (none.rows.length === 0) return
  const rows = sql`
    SELECT r.row_no, string_agg(n.name, ' / ' ORDER BY n.ref), NULL::text
      FROM import_rows r JOIN import_refs n ON n.ref = ANY (r.groups) AND ${bad}
     WHERE r.import_id = ${importId} GROUP BY r.row_no`
  const message = creates ? 'The name of a group has at most 255 characters.' : 'No group has exactly this name.'
  await flag(trx, importId, header('groups'), 'unknown-group', message, rows)
}

/** Flags repeated addresses in one file. The first valid row counts, and the errors of the others name it. */
export async function flagDuplicates(trx: Trx, importId: string, header: HeaderOf): Promise<void> {
  const later = sql`
    SELECT r.row_no, r.email, d.first::text FROM import_rows r
      JOIN (SELECT email_key, min(row_no) AS first FROM import_rows
             WHERE import_id = ${importId} AND errors IS NULL GROUP BY email_key HAVING count(*) > 1) d
        ON d.email_key = r.email_key
     WHERE r.import_id = ${importId} AND r.errors IS NULL AND r.row_no <> d.first`
  const message = 'Row % has the same e-mail address; one person stands in a file once.'
  await flag(trx, importId, header('email'), 'duplicate-email', message, later)
}

/** Flags users of companies outside the scope. The import may not read or change them, and an address has one user. */
export async function flagForeignPeople(trx: Trx, importId: string, scope: string[] | null, header: HeaderOf) {
  if (scope === null) return
  const foreign = sql`
    SELECT r.row_no, r.email, NULL::text FROM import_rows r JOIN people u ON u.email_key = r.email_key
     WHERE r.import_id = ${importId} AND r.errors IS NULL AND (u.company_id = ANY (${scope}::uuid[])) IS NOT TRUE`
  const message = 'This address cannot be used. Ask an administrator of the platform.'
  await flag(trx, importId, header('email'), 'email-unavailable', message, foreign)
}
