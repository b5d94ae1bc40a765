import { Button, Group, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ACCOUNT } from '../../api/client.ts'
import { useSend } from '../../api/hooks.ts'
import type { SecondFactorSetup } from '../../api/schema.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import classes from './account.module.css'

type Props = { onStop: () => void } & (
  | { to: 'on'; onSetup: (setup: SecondFactorSetup) => void }
  | { to: 'off'; onOff: () => void }
)

/** Asks for the password before the second factor changes: a session left open must not be enough. */
export function PasswordGate(props: Props) {
  const client = useQueryClient()
  const begin = useSend('POST /v1/account/second-factor')
  const end = useSend('DELETE /v1/account/second-factor')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { password: String(new FormData(event.currentTarget).get('password')) }
    if (props.to === 'on') return begin.mutate({ body }, { onSuccess: props.onSetup })
    end.mutate(
      { body },
      { onSuccess: () => void client.invalidateQueries({ queryKey: ACCOUNT }).then(() => props.onOff()) },
    )
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      {props.to === 'off' && <p>Your password alone will open this account, and its backup codes stop working.</p>}
      <PasswordInput label="Your password" name="password" autoComplete="current-password" required autoFocus />
      <FormError error={begin.error ?? end.error} />
      <Group>
        <Button type="submit" loading={begin.isPending || end.isPending}>
          {props.to === 'on' ? 'Go on' : 'Turn it off'}
        </Button>
        <Button variant="subtle" onClick={props.onStop}>
          Leave it as it is
        </Button>
      </Group>
    </form>
  )
}
