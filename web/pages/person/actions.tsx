import { useLocation } from 'wouter'
import { useSend } from '../../api/hooks.ts'
import type { User } from '../../api/schema.ts'
import { ConfirmButton } from '../../parts/forms/confirm-button.tsx'
import { nameOf } from '../../parts/people/person-states.ts'

const changed = ['GET /v1/users', 'GET /v1/users/{id}', 'GET /v1/users/{id}/emails'] as const

/** What can be done with a person as they stand. */
export function Actions({ user }: { user: User }) {
  const waits = user.enabled && user.status !== 'active'
  return (
    <>
      {waits && <SendAgain user={user} />}
      <Enable user={user} />
      {user.status === 'invited' && <TakeBack user={user} />}
    </>
  )
}

function SendAgain({ user }: { user: User }) {
  const { mutateAsync, error } = useSend('POST /v1/users/{id}/activation', [...changed])
  return (
    <ConfirmButton
      name={user.status === 'invited' ? 'Send the invitation again' : 'Send activation again'}
      does={`${user.email} gets a new e-mail with a link. Links that were sent there before stop working.`}
      onConfirm={() => mutateAsync({ path: { id: user.id }, body: {} })}
      error={error}
      variant="filled"
    />
  )
}

function Enable({ user }: { user: User }) {
  const { mutateAsync, error } = useSend('PATCH /v1/users/{id}', [...changed])
  const set = (enabled: boolean) => mutateAsync({ path: { id: user.id }, body: { enabled } })
  const name = nameOf(user)
  return user.enabled ? (
    <ConfirmButton
      name="Disable"
      does={`${name} cannot sign in, and links in e-mails do not work, until you enable this person again. Courses and groups stay.`}
      onConfirm={() => set(false)}
      error={error}
    />
  ) : (
    <ConfirmButton
      name="Enable"
      does={`${name} can sign in again with the password they have. Nobody is written to.`}
      onConfirm={() => set(true)}
      error={error}
    />
  )
}

function TakeBack({ user }: { user: User }) {
  const [, navigate] = useLocation()
  const { mutateAsync, error } = useSend('DELETE /v1/invitations/{id}', ['GET /v1/users'])
  return (
    <ConfirmButton
      name="Take back the invitation"
      does={`The link that ${user.email} has stops working, e-mails that wait are not sent, and ${nameOf(user)} is no longer in the list. This cannot be undone; you can invite them anew.`}
      onConfirm={() => mutateAsync({ path: { id: user.id } }).then(() => navigate('/people'))}
      error={error}
    />
  )
}
