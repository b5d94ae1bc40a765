import { CompanyNames, CourseNames } from '../resource/names.tsx'
import { resource } from '../resource/resource.ts'

export const titleAliases = resource({
  part: 'title-aliases',
  title: 'Other course titles',
  one: 'title',
  sentence: 'Titles that a company writes in its files, and the course that each of them means.',
  empty: 'Nothing taught yet. When a file names a course that is not known, you choose once which one is meant.',
  managedBy: 'everybody',
  nameOf: ({ title }) => title,
  columns: [
    { title: 'Title in files', cell: ({ title }) => title },
    { title: 'Means', cell: ({ course }) => <CourseNames ids={[course]} /> },
    { title: 'Company', cell: ({ company }) => <CompanyNames ids={[company]} /> },
    { title: 'For', cell: (alias) => (alias.import ? 'one import' : 'every import'), width: '8rem', onPhone: 'none' },
  ],
  fields: [
    { name: 'company', label: 'Company', hint: 'Whose files it is for.', kind: 'company' },
    {
      name: 'title',
      label: 'Title in files',
      hint: 'Large and small letters, spaces and the kind of dash do not count.',
      kind: 'text',
    },
    { name: 'course', label: 'Means this course', hint: 'Those that the company may use.', kind: 'course' },
  ],
  byCompany: true,
  add: 'Teach a title',
  deleting: 'is forgotten. The next file with it asks again which course is meant; who is enrolled stays enrolled.',
})
