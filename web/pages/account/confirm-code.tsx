import { Button, Group, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ACCOUNT } from '../../api/client.ts'
import { useSend } from '../../api/hooks.ts'
import type { SecondFactorSetup } from '../../api/schema.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import classes from './account.module.css'
import { QrCode } from './qr-code.tsx'

interface Props {
  setup: SecondFactorSetup
  onOn: (backupCodes: string[]) => void
  onStop: () => void
}

/** What the app has to know, and the code that proves that it does. Nothing changes before. */
export function ConfirmCode({ setup: { uri, secret }, onOn, onStop }: Props) {
  const client = useQueryClient()
  const confirm = useSend('POST /v1/account/second-factor/confirm')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = { code: String(new FormData(event.currentTarget).get('code')) }
    const on = ({ backupCodes }: { backupCodes: string[] }) => {
      onOn(backupCodes)
      void client.invalidateQueries({ queryKey: ACCOUNT })
    }
    confirm.mutate({ body }, { onSuccess: on })
  }
  return (
    <div className={classes.setup}>
      <QrCode text={uri} name="The code for your authenticator app" />
      <form onSubmit={submit} className={classes.form}>
        <p>Scan the picture with an authenticator app. Without a camera, type this into the app instead:</p>
        <p className={classes.secret}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
        <TextInput
          label="Code"
          description="The six digits that the app shows now."
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
        />
        <FormError error={confirm.error} />
        <Group>
          <Button type="submit" loading={confirm.isPending}>
            Turn it on
          </Button>
          <Button variant="subtle" onClick={onStop}>
            Leave it off
          </Button>
        </Group>
      </form>
    </div>
  )
}
