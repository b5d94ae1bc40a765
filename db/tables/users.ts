import type { ColumnType, Generated } from 'kysely'
import type { CustomValues } from '../../domain/people/fields.ts'

/** What users and invitations have in common: an accepted invitation becomes a user value by value. */
export interface PersonColumns {
  id: Generated<string>
  /** As written; the only address that is ever mailed. */
  email: string
  /** Canonical form (domain/people/email.ts): one person for each. */
  email_key: string
  /** Empty where the file leaves it empty. */
  first_name: string
  last_name: string | null
  /** null: of no company; seen by platform-wide keys only. */
  company_id: string | null
  cohort_id: string | null
  language: string
  job_role: string | null
  region: string | null
  description: string | null
  label: string | null
  permission_set_id: string | null
  /** Values of custom fields by key. */
  custom: ColumnType<CustomValues, string | undefined, string>
  enabled: boolean
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** A user's status is derived: `disabled` unless `enabled`, `active` once `activated_at` is set, else `pending`. */
export interface UsersTable extends PersonColumns {
  /** security/password.ts reads its form. */
  password_hash: string | null
  /** Somebody else knows the password: a new one is due at the next sign-in. */
  must_change_password: Generated<boolean>
  activated_at: Date | null
}

/** Somebody who was invited and has no account yet. The row goes when the account comes, and gives it its id. */
export interface InvitationsTable extends PersonColumns {
  import_id: string | null
}

export interface InvitationGroupsTable {
  invitation_id: string
  group_id: string
}

/** Why somebody takes a course: an import, and the collection or campaign that it named. Notes, not keys. */
interface EnrolmentReason {
  import_id: string | null
  collection_id: Generated<string | null>
  campaign_id: Generated<string | null>
}

export interface InvitationCoursesTable extends EnrolmentReason {
  invitation_id: string
  course_id: string
}

/** View: users and invitations by what an e-mail and a link need to know of them. */
export interface PeopleView {
  id: string
  email: string
  email_key: string
  first_name: string
  last_name: string | null
  company_id: string | null
  language: string
  enabled: boolean
  activated_at: Date | null
  invited: boolean
}

export interface UserGroupsTable {
  user_id: string
  group_id: string
}

export interface EnrolmentsTable extends EnrolmentReason {
  user_id: string
  course_id: string
  created_at: Generated<Date>
}
