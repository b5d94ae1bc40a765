import { Button, Group } from '@mantine/core'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { useList } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import { useCompanies } from '../../parts/choices.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { nameOf } from '../../parts/person-states.ts'
import { Sent } from '../../parts/sent.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'
import { EmptyState, ErrorState } from '../../parts/states-of-a-page.tsx'
import { columnsOf } from './columns.tsx'
import classes from './people.module.css'
import { PeopleFilters } from './people-filters.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useSending } from './send-again.tsx'
import { type PeopleQuery, usePeopleFilter } from './use-people-filter.ts'
import { useSelection } from './use-selection.ts'

/** People of one answer: a screenful is there at once, and a long way is scrolled with few questions. */
const PAGE = 100

/** Everybody, found by name, address, state and where they belong; and new activation e-mails for them. */
export function People() {
  const filter = usePeopleFilter()
  return (
    <Page
      title="People"
      sentence="Everybody who has an account or an invitation. Choose some to send their activation e-mail again."
      actions={
        <>
          <Button component={Link} href="/people/new" variant="default">
            Add one
          </Button>
          <Button component={Link} href="/people/invite" variant="default">
            Invite one
          </Button>
        </>
      }
    >
      <PeopleFilters filter={filter} />
      <Found query={filter.query} />
    </Page>
  )
}

function Found({ query }: { query: PeopleQuery }) {
  const people = useList('GET /v1/users', { query: { ...query, limit: PAGE } }, { keep: true })
  const selection = useSelection(people.items, JSON.stringify(query))
  const sending = useSending()
  const companies = useCompanies()
  const columns = useMemo(() => columnsOf(companies), [companies])
  if (people.error) return <ErrorState problem={problemOf(people.error)} onRetry={() => void people.refetch()} />
  if (people.isPending) return <RowsSkeleton />
  if (people.items.length === 0) {
    return (
      <>
        {sending.data && <Sent answer={sending.data} />}
        <Nobody filtered={Object.keys(query).length > 0} />
      </>
    )
  }
  return (
    <div className={classes.list} aria-busy={people.isPlaceholderData}>
      <SelectionBar
        selection={selection}
        shown={people.items.length}
        more={people.hasNextPage}
        query={query}
        sending={sending}
      />
      <DataTable
        name="People"
        columns={columns}
        rows={people.items}
        idOf={({ id }) => id}
        linkTo={({ id }) => `/people/${id}`}
        selection={{ chosen: selection.chosen, choose: selection.choose, nameOf }}
        more={people}
      />
    </div>
  )
}

function Nobody({ filtered }: { filtered: boolean }) {
  const [path, navigate] = useLocation()
  if (filtered) {
    return (
      <EmptyState sentence="Nobody matches this search and these filters.">
        <Button variant="default" onClick={() => navigate(path, { replace: true })}>
          Without search and filters
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState sentence="There is nobody yet. An import adds everybody of a spreadsheet; or begin with one person.">
      <Group>
        <Button component={Link} href="/import">
          Import a file
        </Button>
        <Button component={Link} href="/people/new" variant="default">
          Add one person
        </Button>
      </Group>
    </EmptyState>
  )
}
