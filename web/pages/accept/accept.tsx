import { Button } from '@mantine/core'
import { Link, useParams } from 'wouter'
import { useGet } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import type { AccountInvitation } from '../../api/schema.ts'
import { Door } from '../../parts/page/door.tsx'
import { formatTime } from '../../parts/page/format.ts'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { ForgottenForm } from '../reset/forgotten-form.tsx'
import { ChooseForm } from './choose-form.tsx'

/** Where the link in a letter leads: an invitation, or a forgotten password. Looking at it uses nothing up. */
export function Accept() {
  const { token = '' } = useParams()
  const link = useGet(
    'GET /v1/account-invitations/{token}',
    { path: { token } },
    { staleTime: Number.POSITIVE_INFINITY, retry: false },
  )
  if (link.data) return <Open token={token} link={link.data} />
  if (!link.error) {
    return (
      <Door title="One moment">
        <RowsSkeleton rows={3} />
      </Door>
    )
  }
  const { code, detail } = problemOf(link.error)
  if (code === 'link-used') {
    return (
      <Door title="This account is already active" sentence="The link was used, and a link works once.">
        <Button component={Link} href="/sign-in">
          Sign in
        </Button>
      </Door>
    )
  }
  if (code === 'link-expired' || code === 'link-replaced' || code === 'not-found') {
    return (
      <Door title="This link does not work any more" sentence={code === 'not-found' ? LOST : detail}>
        <ForgottenForm />
      </Door>
    )
  }
  return (
    <Door title="Invitation">
      <ErrorState problem={problemOf(link.error)} onRetry={() => void link.refetch()} />
    </Door>
  )
}

const LOST = 'There is no such link. A part of it may have got lost on the way: open it from the letter again.'

function Open({ token, link }: { token: string; link: AccountInvitation }) {
  const until = `This link works until ${formatTime(link.expiresAt)}.`
  return link.kind === 'invitation' ? (
    <Door title="Welcome to Muster" sentence={`Choose a password for ${link.email}. ${until}`}>
      <ChooseForm token={token} link={link} />
    </Door>
  ) : (
    <Door title="A new password" sentence={`For ${link.email}. ${until}`}>
      <ChooseForm token={token} link={link} />
    </Door>
  )
}
