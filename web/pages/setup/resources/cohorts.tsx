import { CompanyNames } from '../resource/names.tsx'
import { resource } from '../resource/resource.ts'

export const cohorts = resource({
  part: 'cohorts',
  title: 'Cohorts',
  one: 'cohort',
  sentence: 'People of one company who begin together.',
  empty: 'No cohort yet. A spreadsheet can name only those that are here.',
  managedBy: 'everybody',
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Name', cell: ({ name }) => name },
    { title: 'Company', cell: ({ company }) => <CompanyNames ids={[company]} /> },
  ],
  fields: [
    { name: 'company', label: 'Company', hint: 'It stays with this company.', kind: 'company', fixed: true },
    { name: 'name', label: 'Name', kind: 'text' },
  ],
  byCompany: true,
  add: 'Add a cohort',
  changes: true,
  deleting: 'is deleted. A cohort with people in it stays.',
})
