import { Button, Stack, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { Link } from 'wouter'
import { useSend } from '../../api/hooks.ts'
import { FormError } from '../../parts/forms/form-error.tsx'

/** Asks for a letter with a link. What it says does not tell whether there is such an account. */
export function ForgottenForm() {
  const ask = useSend('POST /v1/account/forgotten')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate({ body: { email: String(new FormData(event.currentTarget).get('email')) } })
  }
  if (ask.isSuccess) {
    return (
      <p role="status">
        If there is an account with this address, a letter with a link is on its way. The link works for an hour.
      </p>
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="E-mail address"
          description="We send you a link to a new password. Invited and never been in? Ask whoever invited you for a new invitation."
          name="email"
          type="email"
          autoComplete="username"
          required
        />
        <FormError error={ask.error} />
        <Button type="submit" loading={ask.isPending}>
          Send me a link
        </Button>
        <Link href="/sign-in">Back to the sign-in</Link>
      </Stack>
    </form>
  )
}
