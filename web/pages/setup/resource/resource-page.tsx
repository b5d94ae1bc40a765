import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link, useLocation, useSearch } from 'wouter'
import { problemOf } from '../../../api/problem.ts'
import { useCompanies } from '../../../parts/forms/choices.ts'
import { DataTable } from '../../../parts/lists/data-table.tsx'
import { FilterSelect, Filters, useFilter } from '../../../parts/lists/filters.tsx'
import { SearchIcon } from '../../../parts/page/icons.tsx'
import { Page } from '../../../parts/page/page.tsx'
import { RowsSkeleton } from '../../../parts/states/skeletons.tsx'
import { EmptyState, ErrorState } from '../../../parts/states/states-of-a-page.tsx'
import { AddDialog } from './forms/add-dialog.tsx'
import { EntryDialog } from './forms/entry-dialog.tsx'
import { useMayManage } from './may-manage.ts'
import classes from './resource.module.css'
import type { AnyResource } from './resource.ts'
import { useEntries } from './use-entries.ts'

/** Milliseconds of rest after which what was typed is looked for. */
const REST = 250

/** In an address in place of an id: one that is not there yet. */
const NEW = 'new'

interface Props {
  resource: AnyResource
  /** The id of the one that is open, or `new`; undefined: none. */
  open: string | undefined
}

/** All of one kind, and over them the one that is open. */
export function ResourcePage({ resource, open }: Props) {
  const { part, title, sentence, add } = resource
  const may = useMayManage(resource)
  const [search, setSearch] = useFilter('q')
  const [asked] = useDebouncedValue(search ?? '', REST)
  const [company, setCompany] = useFilter('company')
  const list = useEntries(resource, company, asked.trim())
  const rows = list.items
  const known = list.isSuccess
  const at = useAddresses(part)
  const mayAdd = add !== undefined && may
  const adding = mayAdd && (
    <Button component={Link} href={at.of(NEW)} variant="default">
      {add}
    </Button>
  )
  return (
    <Page title={title} sentence={sentence} back={{ to: '/setup', name: 'Set up' }} actions={adding}>
      {!may && (
        <p className={classes.note}>
          Administrators of the platform look after these. You see what the people of your companies can be given.
        </p>
      )}
      <Filters>
        <TextInput
          className={classes.search}
          type="search"
          aria-label={`Search ${title.toLowerCase()}`}
          placeholder="Search"
          leftSection={<SearchIcon size={16} />}
          value={search ?? ''}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {resource.byCompany && <OfCompany value={company} onChange={setCompany} />}
      </Filters>
      {list.error && <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowsSkeleton />}
      {known && rows.length === 0 && <Nothing resource={resource} filtered={search !== null || company !== null} />}
      {rows.length > 0 && (
        <DataTable
          name={title}
          columns={resource.columns}
          rows={rows}
          idOf={({ id }) => id}
          linkTo={({ id }) => at.of(id)}
          more={list}
        />
      )}
      {open === NEW && mayAdd && <AddDialog resource={resource} onClose={at.leave} />}
      {open !== undefined && open !== NEW && (
        <EntryDialog
          key={open}
          resource={resource}
          id={open}
          listed={list.items}
          read={known && !list.hasNextPage}
          onClose={at.leave}
        />
      )}
    </Page>
  )
}

function Nothing({ resource, filtered }: { resource: AnyResource; filtered: boolean }) {
  return <EmptyState sentence={filtered ? 'Nothing fits this search.' : resource.empty} />
}

function OfCompany({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  return <FilterSelect name="Company" value={value} onChange={onChange} options={useCompanies()} searchable />
}

/** Addresses of the entries that keep the search, and the way back from one to the list. */
function useAddresses(part: string) {
  const search = useSearch()
  const [, go] = useLocation()
  const kept = search === '' ? '' : `?${search}`
  return { of: (id: string) => `/setup/${part}/${id}${kept}`, leave: () => go(`/setup/${part}${kept}`) }
}
