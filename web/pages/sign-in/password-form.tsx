import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { Link } from 'wouter'
import { useSend } from '../../api/hooks.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import type { Account } from '../../session/account.ts'

interface Props {
  /** Whoever is known already does not type their address. */
  email: string
  onSignedIn: (account: Account) => void
  onCodeNeeded: () => void
}

export function PasswordForm({ email, onSignedIn, onCodeNeeded }: Props) {
  const signIn = useSend('POST /v1/session')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = { email: String(form.get('email')), password: String(form.get('password')) }
    signIn.mutate({ body }, { onSuccess: ({ account }) => (account ? onSignedIn(account) : onCodeNeeded()) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          required
          autoFocus={email === ''}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          autoFocus={email !== ''}
        />
        <FormError error={signIn.error} />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
        <Link href="/reset/password">Forgotten your password?</Link>
      </Stack>
    </form>
  )
}
