import { formatDays, plural } from '../../../parts/page/format.ts'
import { resource } from '../resource/resource.ts'

export const campaigns = resource({
  part: 'campaigns',
  title: 'Campaigns',
  one: 'campaign',
  sentence: 'Courses under one name, with a start and an end.',
  empty: 'No campaign yet. Put courses together that people take between two dates.',
  managedBy: 'platform',
  nameOf: ({ name }) => name,
  columns: [
    { title: 'Name', cell: ({ name }) => name, width: 'minmax(0, 2fr)' },
    {
      title: 'When',
      cell: ({ startsAt, endsAt }) => formatDays(startsAt, endsAt),
      width: 'minmax(0, 1.5fr)',
      onPhone: 'bare',
    },
    { title: 'Courses', cell: ({ courses }) => plural(courses.length, 'course', 'courses'), onPhone: 'bare' },
  ],
  fields: [
    { name: 'name', label: 'Name', kind: 'text' },
    { name: 'startsAt', label: 'Starts', hint: 'In the time of this device.', kind: 'time' },
    { name: 'endsAt', label: 'Ends', kind: 'time' },
    { name: 'courses', label: 'Courses', hint: 'Who was enrolled before stays enrolled.', kind: 'courses' },
  ],
  add: 'Add a campaign',
  changes: true,
  deleting: 'is deleted. Its courses stay, and whoever was enrolled through it stays enrolled.',
})
