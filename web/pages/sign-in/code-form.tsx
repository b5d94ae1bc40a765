import { Button, Stack, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useSend } from '../../api/hooks.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import type { Account } from '../../session/account.ts'

interface Props {
  onSignedIn: (account: Account) => void
  onStartOver: () => void
}

export function CodeForm({ onSignedIn, onStartOver }: Props) {
  const confirm = useSend('POST /v1/session/second-factor')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    confirm.mutate({ body: { code } }, { onSuccess: ({ account }) => account && onSignedIn(account) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Code"
          description="Without your phone: one of your backup codes, each of which works once."
          name="code"
          autoComplete="one-time-code"
          required
          autoFocus
        />
        <FormError error={confirm.error} />
        <Button type="submit" loading={confirm.isPending}>
          Sign in
        </Button>
        <Button variant="subtle" onClick={onStartOver}>
          Begin again
        </Button>
      </Stack>
    </form>
  )
}
