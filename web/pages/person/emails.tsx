import { useList } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import type { Email } from '../../api/schema.ts'
import { formatDay } from '../../parts/page/format.ts'
import { Time } from '../../parts/page/time.tsx'
import { StateBadge } from '../../parts/states/state-badge.tsx'
import type { State } from '../../parts/states/states.ts'
import { ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { MoreButton } from './more-button.tsx'
import classes from './person.module.css'

const kinds: Record<Email['kind'], string> = {
  activation: 'Link to choose a password',
  password: 'Password',
  welcome: 'Welcome',
}

const states: Record<Email['state'], State> = {
  queued: { label: 'Waiting', tone: 'waiting' },
  sending: { label: 'Being sent', tone: 'running' },
  sent: { label: 'Sent', tone: 'done' },
  failed: { label: 'Failed', tone: 'refused' },
  superseded: { label: 'Not sent', tone: 'waiting' },
}

/** Milliseconds between looks: an e-mail goes out while somebody waits for it here. */
const AGAIN = 5_000

/** What a person was sent, latest first. `again`: there is such a person, whose e-mails may change meanwhile. */
export function useEmails(id: string, again: boolean) {
  return useList('GET /v1/users/{id}/emails', { path: { id } }, { refetchInterval: again ? AGAIN : false })
}

/** What a person was sent, and what the mail server said. */
export function Emails({ emails }: { emails: ReturnType<typeof useEmails> }) {
  return (
    <section className={classes.section}>
      <h2>E-mails</h2>
      {emails.error && <ErrorState problem={problemOf(emails.error)} onRetry={() => void emails.refetch()} />}
      {emails.isSuccess && emails.items.length === 0 && <p className="soft">Nothing was sent to this person yet.</p>}
      <ul className={classes.entries}>
        {emails.items.map((email) => (
          <Entry key={email.id} email={email} />
        ))}
      </ul>
      <MoreButton list={emails} />
    </section>
  )
}

function Entry({ email: { email, kind, state, createdAt, sentAt, error, link } }: { email: Email }) {
  return (
    <li className={classes.entry}>
      <span className={classes.line}>
        <strong>{kinds[kind]}</strong> <StateBadge {...states[state]} />
      </span>
      <span className="soft">
        <Time at={sentAt ?? createdAt} /> to {email ?? 'nobody any more'}
      </span>
      {state === 'superseded' && <span>A newer one took its place, or it was taken back.</span>}
      {link && <span>{linkInWords(link)}</span>}
      {error && <span className={classes.words}>The mail server said: {error.message}</span>}
    </li>
  )
}

function linkInWords({ state, expiresAt }: NonNullable<Email['link']>): string {
  if (state === 'used') return 'Its link was used.'
  if (state === 'ended') return 'Its link no longer works: a newer one took its place.'
  return state === 'live'
    ? `Its link works until ${formatDay(expiresAt)}.`
    : `Its link ran out on ${formatDay(expiresAt)}.`
}
