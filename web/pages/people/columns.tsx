import type { User } from '../../api/schema.ts'
import type { Choice } from '../../parts/forms/choices.ts'
import type { Column } from '../../parts/lists/data-table.tsx'
import { nameOf, personStates } from '../../parts/people/person-states.ts'
import { StateBadge } from '../../parts/states/state-badge.tsx'

/** @param companies to name a company by its id */
export function columnsOf(companies: Choice[]): Column<User>[] {
  const names = new Map(companies.map(({ value, label }) => [value, label]))
  return [
    { title: 'Name', cell: nameOf, width: 'minmax(0, 1.4fr)' },
    { title: 'State', cell: ({ status }) => <StateBadge {...personStates[status]} />, width: '9rem', onPhone: 'bare' },
    { title: 'E-mail address', cell: ({ email }) => email, width: 'minmax(0, 2.3fr)', onPhone: 'bare' },
    {
      title: 'Company',
      cell: ({ company }) => (company === null ? '–' : names.get(company)),
      width: 'minmax(0, 1.2fr)',
      onPhone: 'bare',
    },
    { title: 'Courses', cell: ({ courses }) => courses.length, width: '5rem', align: 'right', onPhone: 'none' },
  ]
}
