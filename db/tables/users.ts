import type { Generated, JSONColumnType } from 'kysely'

/** A user's status is derived: `disabled` unless `enabled`, `active` once `activated_at` is set, else `pending`. */
export interface UsersTable {
  id: Generated<string>
  /** As written; the only address that is ever mailed. */
  email: string
  /** Canonical form (domain/email.ts): one user for each. */
  email_key: string
  first_name: string
  last_name: string | null
  company_id: string
  cohort_id: string | null
  language: string
  job_role: string | null
  region: string | null
  description: string | null
  label: string | null
  enabled: boolean
  password_hash: string | null
  activated_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface UserGroupsTable {
  user_id: string
  group_id: string
}

export interface EnrolmentsTable {
  user_id: string
  course_id: string
  import_id: string | null
  created_at: Generated<Date>
}

/** Somebody who was invited and has no account yet; `person` holds what the account will get. */
export interface InvitationsTable {
  id: Generated<string>
  email: string
  email_key: string
  company_id: string
  import_id: string | null
  person: JSONColumnType<Record<string, unknown>>
  created_at: Generated<Date>
  accepted_at: Date | null
  user_id: string | null
}
