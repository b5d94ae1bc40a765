import { resource } from '../resource/resource.ts'

export const permissionSets = resource({
  part: 'permission-sets',
  title: 'Permission sets',
  one: 'permission set',
  sentence: 'What people may do once they are in. An import gives one to everybody in the file.',
  empty: 'No permission set yet. Add those that your learning platform knows.',
  managedBy: 'platform',
  nameOf: ({ name }) => name,
  columns: [{ title: 'Name', cell: ({ name }) => name }],
  fields: [{ name: 'name', label: 'Name', kind: 'text' }],
  add: 'Add a permission set',
  changes: true,
  deleting: 'is deleted. A permission set that somebody has stays.',
})
