import type {
  ConsoleAccountsTable,
  ConsoleCredentialsTable,
  ConsoleLinksTable,
  ConsoleSessionsTable,
  ConsoleTwoFactorsTable,
  ConsoleVerificationsTable,
} from '../tables/accounts.ts'
import type {
  CampaignCoursesTable,
  CampaignsTable,
  CohortsTable,
  CollectionCoursesTable,
  CollectionsTable,
  CompaniesTable,
  CompanyCoursesTable,
  CoursesTable,
  CustomFieldsTable,
  GroupsTable,
  MappingsTable,
  PermissionSetsTable,
  TitleAliasesTable,
} from '../tables/catalogue.ts'
import type { DraftsTable } from '../tables/drafts.ts'
import type { ApiKeysTable, FileChunksTable, FilesTable } from '../tables/files-and-keys.ts'
import type { ImportHistoryTable } from '../tables/import-history.ts'
import type {
  ImportBatchesTable,
  ImportCoursesTable,
  ImportMatchesTable,
  ImportRefsTable,
  ImportRowsTable,
  ImportsTable,
  OutcomesTable,
} from '../tables/imports.ts'
import type { ActivationLinksTable, EmailTextsTable, MailingsTable, OutboxTable } from '../tables/mail.ts'
import type {
  EnrolmentsTable,
  InvitationCoursesTable,
  InvitationGroupsTable,
  InvitationsTable,
  PeopleView,
  UserGroupsTable,
  UsersTable,
} from '../tables/users.ts'

/** All tables for Kysely. The migrations are the source of truth. */
export interface Database {
  companies: CompaniesTable
  courses: CoursesTable
  company_courses: CompanyCoursesTable
  cohorts: CohortsTable
  groups: GroupsTable
  permission_sets: PermissionSetsTable
  custom_fields: CustomFieldsTable
  collections: CollectionsTable
  collection_courses: CollectionCoursesTable
  campaigns: CampaignsTable
  campaign_courses: CampaignCoursesTable
  title_aliases: TitleAliasesTable
  mappings: MappingsTable
  users: UsersTable
  user_groups: UserGroupsTable
  enrolments: EnrolmentsTable
  invitations: InvitationsTable
  invitation_groups: InvitationGroupsTable
  invitation_courses: InvitationCoursesTable
  people: PeopleView
  api_keys: ApiKeysTable
  files: FilesTable
  file_chunks: FileChunksTable
  drafts: DraftsTable
  imports: ImportsTable
  import_history: ImportHistoryTable
  import_rows: ImportRowsTable
  import_refs: ImportRefsTable
  import_matches: ImportMatchesTable
  import_courses: ImportCoursesTable
  import_batches: ImportBatchesTable
  outcomes: OutcomesTable
  mailings: MailingsTable
  outbox: OutboxTable
  activation_links: ActivationLinksTable
  email_texts: EmailTextsTable
  console_accounts: ConsoleAccountsTable
  console_sessions: ConsoleSessionsTable
  console_credentials: ConsoleCredentialsTable
  console_verifications: ConsoleVerificationsTable
  console_two_factors: ConsoleTwoFactorsTable
  console_links: ConsoleLinksTable
}
