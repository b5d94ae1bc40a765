import { CompanyNames } from '../resource/names.tsx'
import { resource } from '../resource/resource.ts'

export const courses = resource({
  part: 'courses',
  title: 'Courses',
  one: 'course',
  sentence: 'What people can be enrolled in, and the companies that may use each.',
  empty: 'No course yet. Add one, and say which companies may use it.',
  managedBy: 'platform',
  nameOf: ({ title }) => title,
  columns: [
    { title: 'Title', cell: ({ title }) => title, width: 'minmax(0, 2fr)' },
    { title: 'May be used by', cell: ({ companies }) => <CompanyNames ids={companies} none="nobody yet" /> },
  ],
  fields: [
    { name: 'title', label: 'Title', hint: 'Spreadsheets name the course by it.', kind: 'text' },
    {
      name: 'companies',
      label: 'Companies that may use it',
      hint: 'Who is enrolled already stays enrolled when a company is taken away.',
      kind: 'companies',
    },
  ],
  byCompany: true,
  add: 'Add a course',
  changes: true,
  deleting:
    'is deleted and leaves its collections and campaigns; other titles that mean it are forgotten. A course with people in it stays.',
})
