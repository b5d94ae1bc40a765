import { useList } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import type { Import } from '../../api/schema.ts'
import { useCompanies } from '../../parts/forms/choices.ts'
import { DataTable } from '../../parts/lists/data-table.tsx'
import { FilterSelect, Filters, useFilter } from '../../parts/lists/filters.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { importStates } from '../../parts/states/states.ts'
import { EmptyState, ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { columns } from './columns.tsx'
import { NoImports } from './no-imports.tsx'

/** Milliseconds between looks while imports run. */
const WHILE_RUNNING = 3_000

const states = Object.entries(importStates).map(([value, { label }]) => ({ value, label }))

/** All imports: first those that need a person, then those that run, then the others by date. */
export function Imports() {
  const [status, setStatus] = useFilter('state')
  const [company, setCompany] = useFilter('company')
  const filtered = status !== null || company !== null
  const imports = useImports({
    status: (status ?? undefined) as Import['status'] | undefined,
    company: company ?? undefined,
  })
  // Then the button stands below what it leads to, and there is nothing to filter.
  const none = imports.rows?.length === 0 && !filtered
  return (
    <Page
      title="Imports"
      sentence="Files of people, and what became of them. Those that need you stand first."
      withoutImport={none}
    >
      {!none && (
        <Filters>
          <FilterSelect name="State" value={status} onChange={setStatus} options={states} />
          <CompanyFilter value={company} onChange={setCompany} />
        </Filters>
      )}
      {imports.error && <ErrorState problem={problemOf(imports.error)} onRetry={imports.retry} />}
      {imports.isPending && <RowsSkeleton />}
      {none && <NoImports />}
      {!none && imports.rows?.length === 0 && <EmptyState sentence="No import fits these filters." />}
      {imports.rows && imports.rows.length > 0 && (
        <DataTable
          name="Imports"
          columns={columns}
          rows={imports.rows}
          idOf={({ id }) => id}
          linkTo={({ id }) => `/imports/${id}`}
          more={imports.more}
        />
      )}
    </Page>
  )
}

interface Filter {
  status: Import['status'] | undefined
  company: string | undefined
}

/** Three lists one after the other; the last one is read on as somebody scrolls. */
function useImports(filter: Filter) {
  const waiting = useList('GET /v1/imports', { query: { ...filter, stage: 'waiting', limit: 200 } })
  const running = useList(
    'GET /v1/imports',
    { query: { ...filter, stage: 'running', limit: 200 } },
    { refetchInterval: WHILE_RUNNING },
  )
  const ended = useList('GET /v1/imports', { query: { ...filter, stage: 'ended' } })
  const all = [waiting, running, ended]
  const known = all.every(({ isSuccess }) => isSuccess)
  return {
    rows: known ? all.flatMap(({ items }) => items) : undefined,
    isPending: all.some(({ isPending }) => isPending) && !all.some(({ error }) => error),
    error: all.find(({ error }) => error)?.error ?? null,
    retry: () => void Promise.all(all.map(({ refetch }) => refetch())),
    more: all.find(({ hasNextPage }) => hasNextPage) ?? ended,
  }
}

function CompanyFilter({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const options = useCompanies().map(({ label }) => ({ value: label, label }))
  return <FilterSelect name="Company" value={value} onChange={onChange} options={options} searchable />
}
