import { Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { problemOf } from '../../api/problem.ts'
import { useCompanies } from '../../parts/forms/choices.ts'
import { LongTable } from '../../parts/lists/long-table.tsx'
import { plural } from '../../parts/page/format.ts'
import { ImportIcon } from '../../parts/page/icons.tsx'
import { Page } from '../../parts/page/page.tsx'
import { nameOf } from '../../parts/people/person-states.ts'
import { Sent } from '../../parts/people/sent.tsx'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { EmptyState, ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { columnsOf } from './columns.tsx'
import classes from './people.module.css'
import { PeopleFilters } from './people-filters.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { type Sending, useSending } from './send-again.tsx'
import { usePeople } from './use-people.ts'
import { type PeopleQuery, usePeopleFilter } from './use-people-filter.ts'
import { useSelection } from './use-selection.ts'

/** Everybody, found by name, address, state and where they belong; and new activation e-mails for them. */
export function People() {
  const filter = usePeopleFilter()
  const { count } = usePeople(filter.query)
  // Then the ways to begin stand below what they lead to, and there is nothing to filter.
  const none = count === 0 && Object.keys(filter.query).length === 0
  return (
    <Page
      title="People"
      sentence="Everybody who has an account or an invitation. Choose some to send their activation e-mail again."
      actions={!none && <OneByOne />}
      withoutImport={none}
    >
      {!none && <PeopleFilters filter={filter} />}
      <Found query={filter.query} />
    </Page>
  )
}

function OneByOne() {
  return (
    <>
      <Button component={Link} href="/people/new" variant="default">
        Add one
      </Button>
      <Button component={Link} href="/people/invite" variant="default">
        Invite one
      </Button>
    </>
  )
}

/** Those before stay until others are there. */
function Found({ query }: { query: PeopleQuery }) {
  // Asked for before the people: a name that came after its row would make the row higher.
  useCompanies()
  const next = usePeople(query)
  const sending = useSending()
  const [shown, show] = useState(query)
  const asked = JSON.stringify(query)
  const isKnown = JSON.stringify(shown) === asked
  if (!isKnown && !next.isPending) show(query)
  const [isFirst, setFirst] = useState(true)
  if (isFirst && !next.isPending) setFirst(false)
  if (next.error) return <ErrorState problem={problemOf(next.error)} onRetry={next.retry} />
  if (isFirst) return <RowsSkeleton />
  return <PeopleList key={JSON.stringify(shown)} query={shown} isOld={!isKnown} sending={sending} />
}

interface ListProps {
  query: PeopleQuery
  /** Another list is being read. */
  isOld: boolean
  sending: Sending
}

function PeopleList({ query, isOld, sending }: ListProps) {
  const people = usePeople(query)
  const selection = useSelection(JSON.stringify(query))
  const companies = useCompanies()
  const columns = useMemo(() => columnsOf(companies), [companies])
  const filtered = Object.keys(query).length > 0
  const { count, here } = people
  if (people.error) return <ErrorState problem={problemOf(people.error)} onRetry={people.retry} />
  if (people.total === 0) {
    return (
      <>
        {sending.data && <Sent answer={sending.data} />}
        <Nobody filtered={filtered} />
      </>
    )
  }
  return (
    <div className={classes.list} aria-busy={isOld}>
      <p className={classes.count} role="status">
        {count !== undefined && `${plural(count, 'person', 'people')}${filtered ? ' found' : ''}`}
      </p>
      <SelectionBar
        selection={selection}
        count={count}
        here={{ ...here, ids: here.items?.map(({ id }) => id) ?? [] }}
        query={query}
        sending={sending}
      />
      <LongTable
        name="People"
        columns={columns}
        list={people}
        idOf={({ id }) => id}
        linkTo={({ id }) => `/people/${id}`}
        selection={{ chosen: selection, choose: (id, on) => selection.choose([id], on), nameOf }}
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
    <EmptyState sentence="There is nobody yet. People come with an import, which turns a spreadsheet into accounts, courses and e-mails; or one by one.">
      <Group>
        <Button component={Link} href="/import" leftSection={<ImportIcon />}>
          Import people
        </Button>
        <OneByOne />
      </Group>
    </EmptyState>
  )
}
