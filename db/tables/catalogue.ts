import type { Generated } from 'kysely'

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
