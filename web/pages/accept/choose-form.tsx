import { Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { useSend } from '../../api/hooks.ts'
import type { AccountInvitation } from '../../api/schema.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import { NewPassword } from '../../parts/forms/new-password.tsx'

interface Props {
  token: string
  link: AccountInvitation
}

/** The password that the link is for; whoever was invited may correct the name. */
export function ChooseForm({ token, link: { kind, name, email } }: Props) {
  const choose = useSend('POST /v1/account-invitations/{token}')
  const [, go] = useLocation()
  const [firstName, setFirstName] = useState(name)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = {
      password: String(form.get('password')),
      ...(kind === 'invitation' ? { name: String(form.get('name')) } : {}),
    }
    choose.mutate({ path: { token }, body }, { onSuccess: () => go('/sign-in', { state: { kept: email } }) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {/* For the browser, which keeps a password under the address that it is for. */}
        <input type="hidden" name="username" value={email} autoComplete="username" />
        {kind === 'invitation' && (
          <TextInput
            label="Your name"
            name="name"
            value={firstName}
            onChange={(event) => setFirstName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={200}
            required
          />
        )}
        <NewPassword label="Password" owner={{ email, firstName }} known="Little more than your name or address" />
        <FormError error={choose.error} />
        <Button type="submit" loading={choose.isPending}>
          Keep this password
        </Button>
      </Stack>
    </form>
  )
}
