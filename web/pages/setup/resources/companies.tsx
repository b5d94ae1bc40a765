import { resource } from '../resource/resource.ts'

export const companies = resource({
  part: 'companies',
  title: 'Companies',
  one: 'company',
  sentence: 'Whose people these are. Every person, every cohort and every saved mapping belongs to one.',
  empty: 'No company yet. Add the first one: imports then know whose people they are about.',
  managedBy: 'platform',
  nameOf: ({ name }) => name,
  columns: [{ title: 'Name', cell: ({ name }) => name }],
  fields: [{ name: 'name', label: 'Name', hint: 'As it stands in spreadsheets and e-mails.', kind: 'text' }],
  add: 'Add a company',
  changes: true,
  deleting:
    'is deleted, with the course titles and mappings it has taught and its words of e-mails. A company with people, cohorts or API keys stays.',
})
