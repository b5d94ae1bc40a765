import { plural } from '../../../parts/page/format.ts'
import { resource } from '../resource/resource.ts'

export const collections = resource({
  part: 'collections',
  title: 'Collections',
  one: 'collection',
  sentence: 'Courses under one name, so that an import can enrol people in all of them at once.',
  empty: 'No collection yet. Put courses together that the same people take.',
  managedBy: 'platform',
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Name', cell: ({ name }) => name, width: 'minmax(0, 2fr)' },
    { title: 'Courses', cell: ({ courses }) => plural(courses.length, 'course', 'courses'), onPhone: 'bare' },
  ],
  fields: [
    { name: 'name', label: 'Name', kind: 'text' },
    { name: 'courses', label: 'Courses', hint: 'Who was enrolled before stays enrolled.', kind: 'courses' },
  ],
  add: 'Add a collection',
  changes: true,
  deleting: 'is deleted. Its courses stay, and whoever was enrolled through it stays enrolled.',
})
