import { useParams } from 'wouter'
import { useGet } from '../../api/hooks.ts'
import { type ApiError, problemOf } from '../../api/problem.ts'
import type { User } from '../../api/schema.ts'
import { Page } from '../../parts/page/page.tsx'
import { nameOf, personStates } from '../../parts/people/person-states.ts'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { StateBadge } from '../../parts/states/state-badge.tsx'
import { ErrorState, Gone } from '../../parts/states/states-of-a-page.tsx'
import { Actions } from './actions.tsx'
import { DetailsForm } from './details-form.tsx'
import { Emails, useEmails } from './emails.tsx'
import { Imports } from './imports.tsx'
import classes from './person.module.css'
import { stateInWords } from './state-in-words.ts'

const back = { to: '/people', name: 'People' }

/** One person: where they stand, what is known of them, what they were sent, and which imports touched them. */
export function Person() {
  const { id = '' } = useParams()
  const person = useGet('GET /v1/users/{id}', { path: { id } })
  const emails = useEmails(id, person.isSuccess)
  // Together: the sentence that they make may be longer than any that stood there before.
  if (person.data && !emails.isPending) return <Known key={id} user={person.data} emails={emails} />
  return (
    <Page title="Person" sentence="Everything that is known of one person." back={back} withoutImport>
      <Missing person={person} />
    </Page>
  )
}

/** In place of somebody who is not known, or not yet. */
function Missing({ person: { error, refetch } }: { person: { error: ApiError | null; refetch: () => unknown } }) {
  if (!error) return <RowsSkeleton />
  if (error.problem.status !== 404) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return (
    <Gone
      one="person"
      why="Their invitation was taken back, they belong to a company that you do not look after, or a part of the address got lost."
      to="/people"
      look="Look among the people"
    />
  )
}

function Known({ user, emails }: { user: User; emails: ReturnType<typeof useEmails> }) {
  return (
    <Page
      title={nameOf(user)}
      sentence={stateInWords(user, emails.items)}
      back={back}
      beside={<StateBadge {...personStates[user.status]} />}
      actions={<Actions user={user} />}
      withoutImport
    >
      <div className={classes.columns}>
        <DetailsForm user={user} />
        <div className={classes.history}>
          <Emails emails={emails} />
          <Imports id={user.id} />
        </div>
      </div>
    </Page>
  )
}
