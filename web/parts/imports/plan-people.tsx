import { Button } from '@mantine/core'
import { useList } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import type { PlanRow } from '../../api/schema.ts'
import { NameOf } from '../forms/name-of.tsx'
import { type Column, DataTable } from '../lists/data-table.tsx'
import { Changes } from '../people/changes.tsx'
import { RowsSkeleton } from '../states/skeletons.tsx'
import { EmptyState, ErrorState } from '../states/states-of-a-page.tsx'
import { CellErrors } from './cell-errors.tsx'
import type { PlanList } from './plan-counts.tsx'

const row: Column<PlanRow> = { title: 'Row', cell: (line) => line.row, width: '5rem' }
const person: Column<PlanRow> = {
  title: 'Person',
  cell: ({ email }) => email ?? 'no address',
  // Most addresses stand in one line.
  width: 'minmax(0, 1.3fr)',
  onPhone: 'bare',
}
const wide = 'minmax(0, 1.7fr)'

const skipped = {
  'already-there': 'is there already, and people who are there are left alone',
  unchanged: 'the file says nothing new',
} as const

const gets: Column<PlanRow>[] = [
  person,
  { title: 'Gets', cell: (line) => <Gets line={line} />, width: wide, onPhone: 'bare' },
  row,
]

const columns: Record<PlanList, Column<PlanRow>[]> = {
  create: gets,
  invite: gets,
  courses: gets,
  emails: gets,
  update: [
    person,
    { title: 'What changes', cell: ({ changes }) => <Changes of={changes} />, width: wide, onPhone: 'bare' },
    { title: 'New courses', cell: ({ courses }) => courses.join(', ') || '–', onPhone: 'none' },
    row,
  ],
  skip: [
    person,
    { title: 'Why', cell: ({ reason }) => (reason ? skipped[reason] : ''), width: wide, onPhone: 'bare' },
    row,
  ],
  invalid: [
    { ...row, cell: (line) => `Row ${line.row}` },
    { title: 'What is wrong', cell: ({ errors }) => <CellErrors errors={errors} />, width: wide, onPhone: 'bare' },
    person,
  ],
}

function queryOf(list: PlanList) {
  if (list === 'courses') return { with: 'courses' } as const
  return list === 'emails' ? ({ with: 'email' } as const) : { action: list }
}

interface Props {
  importId: string
  list: PlanList
  /** Something stands below that must stay in reach: the next ones are shown when they are asked for. */
  byPress?: boolean
}

/** The people behind one count of a plan, with what will happen to each. */
export function PlanPeople({ importId, list, byPress = false }: Props) {
  const plan = useList('GET /v1/imports/{id}/plan', { path: { id: importId }, query: queryOf(list) })
  if (plan.error) return <ErrorState problem={problemOf(plan.error)} onRetry={() => void plan.refetch()} />
  if (plan.isPending) return <RowsSkeleton rows={4} />
  if (plan.items.length === 0) return <EmptyState sentence="Nobody." />
  const links = list === 'update' || list === 'skip'
  return (
    <>
      <DataTable
        name="What will happen"
        columns={columns[list]}
        rows={plan.items}
        idOf={(line) => String(line.row)}
        {...(links ? { linkTo: ({ user }: PlanRow) => `/people/${user}` } : {})}
        {...(byPress ? {} : { more: plan })}
      />
      {byPress && plan.hasNextPage && (
        <Button variant="default" mt="sm" loading={plan.isFetchingNextPage} onClick={() => void plan.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}

function Gets({ line: { courses, groups, sendsEmail } }: { line: PlanRow }) {
  return (
    <>
      {courses.length > 0 && <span>{courses.join(', ')} </span>}
      {groups.map((id) => (
        <span key={id}>
          · group <NameOf field="groups" id={id} />{' '}
        </span>
      ))}
      <span className="soft">{sendsEmail ? 'an e-mail' : 'no e-mail'}</span>
    </>
  )
}
