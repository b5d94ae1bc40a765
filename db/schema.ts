import type {
  CohortsTable,
  CompaniesTable,
  CompanyCoursesTable,
  CoursesTable,
  GroupsTable,
} from './tables/catalogue.ts'
import type { ApiKeysTable, FileChunksTable, FilesTable } from './tables/files-and-keys.ts'
import type {
  ImportBatchesTable,
  ImportMatchesTable,
  ImportRefsTable,
  ImportRowsTable,
  ImportsTable,
  OutcomesTable,
} from './tables/imports.ts'
import type { ActivationLinksTable, MailingsTable, OutboxTable } from './tables/mail.ts'
import type { EnrolmentsTable, InvitationsTable, UserGroupsTable, UsersTable } from './tables/users.ts'

/** Every table, as Kysely sees it. The shapes follow the migrations, which are the truth. */
export interface Database {
  companies: CompaniesTable
  courses: CoursesTable
  company_courses: CompanyCoursesTable
  cohorts: CohortsTable
  groups: GroupsTable
  users: UsersTable
  user_groups: UserGroupsTable
  enrolments: EnrolmentsTable
  invitations: InvitationsTable
  api_keys: ApiKeysTable
  files: FilesTable
  file_chunks: FileChunksTable
  imports: ImportsTable
  import_rows: ImportRowsTable
  import_refs: ImportRefsTable
  import_matches: ImportMatchesTable
  import_batches: ImportBatchesTable
  outcomes: OutcomesTable
  mailings: MailingsTable
  outbox: OutboxTable
  activation_links: ActivationLinksTable
}
