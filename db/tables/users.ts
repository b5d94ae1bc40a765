import type { ColumnType, Generated } from 'kysely'
import type { CustomValues } from '../../domain/people/fields.ts'

/** Columns of users and invitations. An accepted invitation becomes a user with the same values. */
export interface PersonColumns {
  id: Generated<string>
  /** As the file has it. E-mails go to this form only. */
  email: string
  /** Canonical form (domain/people/email.ts), unique. */
  email_key: string
  /** Empty if the file leaves it empty. */
  first_name: string
  last_name: string | null
  /** null: no company. Only platform-wide keys and administrators see such a person. */
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
  /** The user must change the password at the next sign-in, because an administrator or an e-mail has it. */
  must_change_password: Generated<boolean>
  activated_at: Date | null
}

/** An invitation. Acceptance deletes its row and creates a user with the same id. */
export interface InvitationsTable extends PersonColumns {
  import_id: string | null
}

export interface InvitationGroupsTable {
  invitation_id: string
  group_id: string
}

/** Why a person is enrolled: an import, and its collection or campaign. Without foreign keys. */
interface EnrolmentReason {
  import_id: string | null
  collection_id: Generated<string | null>
  campaign_id: Generated<string | null>
}

export interface InvitationCoursesTable extends EnrolmentReason {
  invitation_id: string
  course_id: string
}

/** View of users and invitations, with the columns that e-mails and links need. */
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
