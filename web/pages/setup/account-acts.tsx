import { Button } from '@mantine/core'
import { useSend } from '../../api/hooks.ts'
import type { Account } from '../../api/schema.ts'
import { ConfirmButton } from '../../parts/forms/confirm-button.tsx'
import { FormError } from '../../parts/forms/form-error.tsx'
import { InvitationLink } from './shown-once.tsx'

/** What an administrator of the platform does for another one, beside changing their role. */
export function AccountActs({ item: { id, name, status, secondFactor } }: { item: NonNullable<Account> }) {
  const changing = useSend('PATCH /v1/accounts/{id}', ['GET /v1/accounts'])
  const change = (body: { disabled?: true; secondFactor?: false }) => changing.mutateAsync({ path: { id }, body })
  return (
    <>
      {status === 'invited' && <InviteAgain id={id} />}
      {status === 'disabled' ? (
        <>
          <FormError error={changing.error} />
          <Button
            variant="default"
            loading={changing.isPending}
            onClick={() => changing.mutate({ path: { id }, body: { disabled: false } })}
          >
            Enable this account
          </Button>
        </>
      ) : (
        <ConfirmButton
          name="Disable this account"
          does={`${name} is signed out everywhere and cannot sign in until the account is enabled again.`}
          onConfirm={() => change({ disabled: true })}
          error={changing.error}
        />
      )}
      {secondFactor && (
        <ConfirmButton
          name="Turn the second factor off"
          does={`For when ${name} has lost their phone. They are signed out, and sign in with the password alone until they set it up again.`}
          onConfirm={() => change({ secondFactor: false })}
          error={changing.error}
        />
      )}
    </>
  )
}

function InviteAgain({ id }: { id: string }) {
  const { mutate, data, error, isPending } = useSend('POST /v1/accounts/{id}/invitation')
  if (data) return <InvitationLink {...data} />
  return (
    <>
      <FormError error={error} />
      <Button variant="default" loading={isPending} onClick={() => mutate({ path: { id } })}>
        Send a new invitation
      </Button>
    </>
  )
}
