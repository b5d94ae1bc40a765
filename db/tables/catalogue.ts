import type { Generated, JSONColumnType } from 'kysely'
import type { CustomFieldType, Mapping } from '../../domain/people/fields.ts'

export interface CompaniesTable {
  id: Generated<string>
  name: string
  created_at: Generated<Date>
}

export interface CoursesTable {
  id: Generated<string>
  title: string
  created_at: Generated<Date>
}

/** Which company may use which course. Withdrawing a course from a company deletes its row here. */
export interface CompanyCoursesTable {
  company_id: string
  course_id: string
}

export interface CohortsTable {
  id: Generated<string>
  company_id: string
  name: string
  created_at: Generated<Date>
}

export interface GroupsTable {
  id: Generated<string>
  name: string
  created_at: Generated<Date>
}

export interface PermissionSetsTable {
  id: Generated<string>
  name: string
  created_at: Generated<Date>
}

/** A field that an administrator has defined. Its values are in `custom` of users and invitations, by `key`. */
export interface CustomFieldsTable {
  id: Generated<string>
  key: string
  label: string
  type: CustomFieldType
  /** The allowed values of the type `choice`. */
  choices: Generated<string[]>
  created_at: Generated<Date>
}

export interface CollectionsTable {
  id: Generated<string>
  name: string
  created_at: Generated<Date>
}

export interface CollectionCoursesTable {
  collection_id: string
  course_id: string
}

export interface CampaignsTable {
  id: Generated<string>
  name: string
  starts_at: Date
  ends_at: Date
  created_at: Generated<Date>
}

export interface CampaignCoursesTable {
  campaign_id: string
  course_id: string
}

/** A title alias: for this company, the title means the course. `import_id`: in that import only. */
export interface TitleAliasesTable {
  id: Generated<string>
  company_id: string
  title: string
  /** The title in the form in which titles are compared (domain/people/title.ts). */
  title_key: string
  course_id: string
  import_id: string | null
  created_by: string
  created_at: Generated<Date>
}

/** A saved mapping of columns to fields, for the next file with the same headers. */
export interface MappingsTable {
  id: Generated<string>
  company_id: string
  template: string
  headers: string[]
  /** SHA-256 of the headers. */
  header_key: Buffer
  mapping: JSONColumnType<Mapping>
  created_by: string
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
