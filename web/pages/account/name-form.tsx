import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ACCOUNT } from '../../api/client.ts'
import { useSend } from '../../api/hooks.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import { useAccount } from '../../session/account.ts'
import classes from './account.module.css'

/** The name that others see beside what this account has done. */
export function NameForm() {
  const { name } = useAccount()
  const client = useQueryClient()
  const change = useSend('PATCH /v1/account')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { name: String(new FormData(event.currentTarget).get('name')) }
    change.mutate({ body }, { onSuccess: (account) => client.setQueryData(ACCOUNT, account) })
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        label="Your name"
        description="Others see it beside the imports that you start."
        name="name"
        defaultValue={name}
        autoComplete="name"
        maxLength={200}
        required
      />
      <FormError error={change.error} />
      <Button type="submit" variant="default" loading={change.isPending}>
        Save the name
      </Button>
      {change.isSuccess && (
        <p role="status" className={classes.done}>
          The name is saved.
        </p>
      )}
    </form>
  )
}
