import { Link } from 'wouter'
import type { Import } from '../../api/schema.ts'
import type { Column } from '../../parts/lists/data-table.tsx'
import { formatNumber } from '../../parts/page/format.ts'
import { Time } from '../../parts/page/time.tsx'
import { StateBadge } from '../../parts/states/state-badge.tsx'
import { importStates } from '../../parts/states/states.ts'
import type { Show } from '../import/lists/result-counts.tsx'

/** A count, and the way to the people behind it; nobody stands behind 0. */
const count = (title: string, countOf: (counts: Import['counts']) => [number, Show]): Column<Import> => ({
  title,
  cell: ({ id, file, counts }) => {
    const [value, show] = countOf(counts)
    if (value === 0) return <span className="soft">0</span>
    const number = formatNumber(value)
    return (
      <Link href={`/imports/${id}?show=${show}`} aria-label={`${title} by ${file.name}: ${number}`}>
        {number}
      </Link>
    )
  },
  width: '5.75rem',
  align: 'right',
})

export const columns: Column<Import>[] = [
  { title: 'State', cell: ({ status }) => <StateBadge {...importStates[status]} />, width: '8rem', onPhone: 'bare' },
  {
    title: 'File',
    cell: ({ file }) => (
      <span className="file-name" title={file.name}>
        {file.name}
      </span>
    ),
    width: 'minmax(0, 2.2fr)',
    leads: true,
  },
  { title: 'Company', cell: ({ companies }) => namesOf(companies), width: 'minmax(0, 1.4fr)', onPhone: 'bare' },
  { title: 'Who', cell: ({ startedBy }) => startedBy, onPhone: 'bare' },
  { title: 'When', cell: ({ createdAt }) => <Time at={createdAt} />, width: '8.5rem', onPhone: 'bare' },
  count('Created', ({ created, invited }) => [created + invited, created > 0 ? 'created' : 'invited']),
  count('Changed', ({ updated }) => [updated, 'changed']),
  count('Unchanged', ({ skipped }) => [skipped, 'unchanged']),
  count('Errors', ({ invalid }) => [invalid, 'errors']),
]

function namesOf([first, ...others]: string[]): string {
  if (first === undefined) return '–'
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
