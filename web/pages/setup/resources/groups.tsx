import { resource } from '../resource/resource.ts'

export const groups = resource({
  part: 'groups',
  title: 'Groups',
  one: 'group',
  sentence: 'People of any company who belong together for one reason or another; somebody can be in several.',
  empty: 'No group yet. An import can make those that its file names.',
  managedBy: 'platform',
  nameOf: ({ name }) => name,
  columns: [{ title: 'Name', cell: ({ name }) => name }],
  fields: [{ name: 'name', label: 'Name', kind: 'text' }],
  add: 'Add a group',
  changes: true,
  deleting: 'is deleted. A group with people in it stays.',
})
