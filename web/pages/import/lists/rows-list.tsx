import { useState } from 'react'
import { problemOf } from '../../../api/problem.ts'
import type { Import, ImportRow } from '../../../api/schema.ts'
import { useCountedList } from '../../../api/use-counted-list.ts'
import { CellErrors } from '../../../parts/imports/cell-errors.tsx'
import { LongTable } from '../../../parts/lists/long-table.tsx'
import type { Column } from '../../../parts/lists/table-parts.tsx'
import { formatNumber } from '../../../parts/page/format.ts'
import { Changes } from '../../../parts/people/changes.tsx'
import { RowsSkeleton } from '../../../parts/states/skeletons.tsx'
import { EmptyState, ErrorState } from '../../../parts/states/states-of-a-page.tsx'
import { type Show, showNames } from './result-counts.tsx'

type People = Exclude<Show, 'emails'>

const outcomes = {
  created: 'created',
  invited: 'invited',
  changed: 'updated',
  unchanged: 'skipped',
  errors: 'invalid',
} as const

const wide = 'minmax(0, 1.7fr)'
const person: Column<ImportRow> = {
  title: 'Person',
  cell: ({ email }) => email ?? 'no address',
  // Most addresses stand in one line.
  width: 'minmax(0, 1.3fr)',
  onPhone: 'bare',
}
const row: Column<ImportRow> = { title: 'Row', cell: (line) => formatNumber(line.row), width: '6rem' }
const courses: Column<ImportRow> = {
  title: 'New courses',
  cell: (line) => (line.courses.length === 0 ? <span className="soft">none</span> : line.courses.join(', ')),
  width: wide,
}
const errors: Column<ImportRow>[] = [
  { ...row, cell: (line) => `Row ${formatNumber(line.row)}` },
  {
    title: 'What is wrong',
    cell: (line) => <CellErrors errors={line.errors} />,
    width: 'minmax(0, 3fr)',
    onPhone: 'bare',
  },
  { ...person, width: 'minmax(0, 1.6fr)' },
]

const changed: Column<ImportRow>[] = [
  person,
  { title: 'Before → now', cell: ({ changes }) => changes && <Changes of={changes} />, width: wide, onPhone: 'bare' },
  { ...courses, width: 'minmax(0, 1fr)' },
  row,
]

const usual = [person, courses, row]
const columns: Record<People, Column<ImportRow>[]> = {
  created: usual,
  invited: usual,
  changed,
  unchanged: usual,
  errors,
  assignments: usual,
}

/** Milliseconds between looks at a list that still grows; a long one is not counted that often. */
const GROWING = 3_000
const GROWING_LONG = 30_000

/** Rows of an import up to which its lists are short. */
const SHORT = 1_000

function queryOf(show: People) {
  return show === 'assignments' ? ({ with: 'courses' } as const) : { outcome: outcomes[show] }
}

/** The people behind one count. */
export function RowsList({ entry, show }: { entry: Import; show: People }) {
  const often = entry.counts.records < SHORT ? GROWING : GROWING_LONG
  const rows = useCountedList(
    'GET /v1/imports/{id}/rows',
    'GET /v1/imports/{id}/rows/count',
    { path: { id: entry.id }, query: queryOf(show) },
    { grows: entry.status === 'applying' && often },
  )
  const [isFirst, setFirst] = useState(true)
  if (isFirst && !rows.isPending) setFirst(false)
  if (rows.error) return <ErrorState problem={problemOf(rows.error)} onRetry={rows.retry} />
  // Later, a table stays in which nothing was read yet: its page must not become short while somebody scrolls.
  if (isFirst) return <RowsSkeleton rows={4} />
  if (rows.total === 0) return <EmptyState sentence="Nobody." />
  return (
    <LongTable
      name={showNames[show]}
      columns={columns[show]}
      list={rows}
      idOf={(line) => String(line.row)}
      {...(show === 'errors' ? {} : { linkTo })}
    />
  )
}

/** Somebody of another company, or who is gone, is a line without a page. */
function linkTo({ user, email }: ImportRow): string {
  return user === null ? `/people?q=${encodeURIComponent(email ?? '')}` : `/people/${user}`
}
