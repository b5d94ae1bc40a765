import type { Import } from '../../api/schema.ts'
import type { Column } from '../../parts/data-table.tsx'
import { formatNumber } from '../../parts/format.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { importStates } from '../../parts/states.ts'
import { Time } from '../../parts/time.tsx'

const number = (title: string, of: (counts: Import['counts']) => number): Column<Import> => ({
  title,
  cell: ({ counts }) => <span className={of(counts) === 0 ? 'soft' : undefined}>{formatNumber(of(counts))}</span>,
  width: '5rem',
  align: 'right',
})

export const columns: Column<Import>[] = [
  { title: 'File', cell: ({ file }) => file.name, width: 'minmax(0, 2.2fr)' },
  { title: 'State', cell: ({ status }) => <StateBadge {...importStates[status]} />, width: '9rem', onPhone: 'bare' },
  { title: 'Company', cell: ({ companies }) => namesOf(companies), width: 'minmax(0, 1.4fr)', onPhone: 'bare' },
  { title: 'Who', cell: ({ startedBy }) => startedBy, onPhone: 'none' },
  { title: 'When', cell: ({ createdAt }) => <Time at={createdAt} />, width: '8.5rem', onPhone: 'bare' },
  number('Created', ({ created, invited }) => created + invited),
  number('Changed', ({ updated }) => updated),
  number('Unchanged', ({ skipped }) => skipped),
  number('Errors', ({ invalid }) => invalid),
]

function namesOf([first, ...others]: string[]): string {
  if (first === undefined) return '–'
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
