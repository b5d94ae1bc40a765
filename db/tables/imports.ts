import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Plan } from '../../domain/imports/counts.ts'
import type { ImportOptions } from '../../domain/imports/options.ts'
import type { ImportPhase, ImportStatus, RowOutcome } from '../../domain/imports/states.ts'
import type { CustomValues, Mapping } from '../../domain/people/fields.ts'
import type { CellError, Problem } from '../../domain/problems/problem.ts'

/** A nullable jsonb column: read as an object, written as JSON text. */
type Json<T> = ColumnType<T | null, string | null | undefined, string | null>

/** What the reader detected in a file (reading/), for display. */
export interface StoredDetection {
  format: 'csv' | 'xlsx'
  encoding: string | null
  delimiter: string | null
  sheet: string | null
  evidence: string[]
}

/** The chosen encoding, delimiter and sheet. An absent one is detected (reading/). */
export interface ReadingChoices {
  encoding?: string
  delimiter?: string
  sheet?: string
}

export interface ImportsTable {
  id: Generated<string>
  file_id: string
  /** The import whose errors file this one corrects. */
  parent_id: string | null
  status: Generated<ImportStatus>
  /** The current step, or the step in which the import paused. A new workflow run resumes there. */
  phase: Generated<ImportPhase>
  template: string
  options: JSONColumnType<ImportOptions>
  /** Companies that the import may touch; null: all. It sees no others. */
  scope: string[] | null
  /** Names of the companies in the file, for display; filled by validation. */
  company_names: Generated<string[]>
  api_key_id: string | null
  /** The administrator's account that started it; null: a key did. */
  account_id: string | null
  started_by: string
  contact: string | null
  idempotency_key: string | null
  fingerprint: Buffer
  /** Choices of the administrator that override detection. */
  reading: ColumnType<ReadingChoices, string | undefined, never>
  /** Header by field, as the administrator matched them; null: the file has the template's headers. */
  mapping: ColumnType<Mapping | null, string | null | undefined, string | null>
  /** Argon2id of the one password for all (`passwords.set: default`). */
  password_hash: string | null
  detection: Json<StoredDetection>
  /** Fields that the file has a column for. An absent column never clears a value. */
  fields: Generated<string[]>
  /** How often the file was read and validated, the current time included. Results of earlier times do not count. */
  checks: Generated<number>
  records: number | null
  plan: Json<Plan>
  problem: Json<Problem>
  confirmed_at: Date | null
  /** The administrator or key of each decision, by decision. The history names them when the decision takes effect. */
  decision: ColumnType<Record<string, string>, string | undefined, string>
  cancel_requested_at: Date | null
  workflow_started_at: Date | null
  report_sent_at: Date | null
  created_at: Generated<Date>
  started_at: Date | null
  finished_at: Date | null
  updated_at: Generated<Date>
}

export interface ImportRowsTable {
  import_id: string
  row_no: number
  email: string | null
  email_key: string | null
  first_name: string | null
  last_name: string | null
  company_ref: number | null
  cohort_ref: number | null
  language: string | null
  job_role: string | null
  region: string | null
  description: string | null
  label: string | null
  custom: Json<CustomValues>
  enabled: boolean | null
  titles: number[] | null
  groups: number[] | null
  /** null: valid so far. */
  errors: Json<CellError[]>
}

export interface ImportRefsTable {
  import_id: string
  ref: number
  kind: 'company' | 'cohort' | 'title' | 'group'
  name: string
  company_ref: number | null
  resolved_id: string | null
  row_count: number
  first_rows: number[]
}

export interface ImportMatchesTable {
  import_id: string
  row_no: number
  user_id: string
  action: 'update' | 'skip'
  /** True for an invitation, false for a user. */
  invited: Generated<boolean>
  /** Digest of the person's values when the plan was frozen for a review. */
  seen: string | null
}

/** A course for all rows of the file (option `enrol`), with the collection or campaign that it came from. */
export interface ImportCoursesTable {
  import_id: string
  course_id: string
  collection_id: string | null
  campaign_id: string | null
}

export interface OutcomesTable {
  import_id: string
  row_no: number
  outcome: Exclude<RowOutcome, 'invalid'>
  user_id: string | null
  /** Values that an update replaced, by API field name. */
  before: Json<Record<string, unknown>>
}

export interface ImportBatchesTable {
  import_id: string
  first_row: number
  last_row: number
  created: Generated<number>
  invited: Generated<number>
  updated: Generated<number>
  skipped: Generated<number>
  assignments: Generated<number>
  /** Rows that the database rejected when they were written, found by halving the batch. */
  invalid: Generated<number>
  emails: Generated<number>
  finished_at: Generated<Date>
}
