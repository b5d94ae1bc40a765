import { type Item, useList } from '../../../api/hooks.ts'
import { problemOf } from '../../../api/problem.ts'
import type { Import } from '../../../api/schema.ts'
import { type Column, DataTable } from '../../../parts/lists/data-table.tsx'
import { FilterSelect, useFilter } from '../../../parts/lists/filters.tsx'
import { Time } from '../../../parts/page/time.tsx'
import { RowsSkeleton } from '../../../parts/states/skeletons.tsx'
import { StateBadge } from '../../../parts/states/state-badge.tsx'
import type { State } from '../../../parts/states/states.ts'
import { EmptyState, ErrorState } from '../../../parts/states/states-of-a-page.tsx'

type Email = Item<'GET /v1/imports/{id}/emails'>

const states: Record<Email['state'], State> = {
  queued: { label: 'Waiting', tone: 'waiting' },
  sending: { label: 'Being sent', tone: 'running' },
  sent: { label: 'Sent', tone: 'done' },
  failed: { label: 'Failed', tone: 'refused' },
  superseded: { label: 'Not sent', tone: 'waiting' },
}

const options = Object.entries(states).map(([value, { label }]) => ({ value, label }))

const columns: Column<Email>[] = [
  { title: 'To', cell: ({ email }) => email ?? 'nobody any more', onPhone: 'bare' },
  { title: 'State', cell: ({ state }) => <StateBadge {...states[state]} />, width: '9rem', onPhone: 'bare' },
  { title: 'When', cell: ({ sentAt }) => (sentAt ? <Time at={sentAt} /> : '–'), width: '9rem', onPhone: 'none' },
  {
    title: 'What the mail server said',
    cell: ({ error }) => error?.message,
    width: 'minmax(0, 1.5fr)',
    onPhone: 'bare',
  },
]

/** Milliseconds between looks while e-mails go out, and the number of lines up to which all are looked at again. */
const SENDING = 3_000
const SHORT = 300

/** To whom the import wrote, and what the mail server said. */
export function EmailsList({ entry }: { entry: Import }) {
  const [chosen, choose] = useFilter('state')
  const state = options.some(({ value }) => value === chosen) ? (chosen as Email['state']) : undefined
  const { queued, sent, failed } = entry.counts.emails
  const emails = useList(
    'GET /v1/imports/{id}/emails',
    { path: { id: entry.id }, query: { state, limit: 200 } },
    { refetchInterval: queued > 0 && queued + sent + failed < SHORT ? SENDING : false },
  )
  return (
    <>
      <div>
        <FilterSelect name="State" value={state ?? null} onChange={choose} options={options} />
      </div>
      {emails.error && <ErrorState problem={problemOf(emails.error)} onRetry={() => void emails.refetch()} />}
      {emails.isPending && <RowsSkeleton rows={4} />}
      {emails.isSuccess && emails.items.length === 0 && <EmptyState sentence="No e-mail." />}
      {emails.items.length > 0 && (
        <DataTable
          name="E-mails"
          columns={columns}
          rows={emails.items}
          idOf={({ id }) => id}
          linkTo={({ user, email }) => (user ? `/people/${user}` : `/people?q=${encodeURIComponent(email ?? '')}`)}
          more={emails}
        />
      )}
    </>
  )
}
