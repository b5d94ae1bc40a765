import { Button, PasswordInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useSend } from '../../api/hooks.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import { NewPassword } from '../../parts/forms/new-password.tsx'
import { useAccount } from '../../session/account.ts'
import classes from './account.module.css'

/** Another password for the account; every other session of it ends. */
export function PasswordForm() {
  const { email, name } = useAccount()
  const change = useSend('POST /v1/account/password')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    const body = { current: String(given.get('current')), new: String(given.get('password')) }
    change.mutate({ body }, { onSuccess: () => form.reset() })
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <PasswordInput label="Current password" name="current" autoComplete="current-password" required />
      <NewPassword
        label="New password"
        owner={{ email, firstName: name }}
        known="Little more than your name or address"
      />
      <FormError error={change.error} />
      <Button type="submit" variant="default" loading={change.isPending}>
        Change the password
      </Button>
      {change.isSuccess && (
        <p role="status" className={classes.done}>
          The password is changed. Everywhere else you are signed out.
        </p>
      )}
    </form>
  )
}
