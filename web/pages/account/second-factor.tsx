import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SecondFactorSetup } from '../../api/schema.ts'
import { useAccount } from '../../session/account.ts'
import { BackupCodes } from './backup-codes.tsx'
import { ConfirmCode } from './confirm-code.tsx'
import { PasswordGate } from './password-gate.tsx'

type Step =
  | { at: 'start' | 'turning-on' | 'turning-off' }
  | { at: 'confirming'; setup: SecondFactorSetup }
  | { at: 'codes'; codes: string[] }

/** A code of the phone beside the password: turning it on, its backup codes, turning it off. */
export function SecondFactor() {
  const { secondFactor } = useAccount()
  const [step, setStep] = useState<Step>({ at: 'start' })
  const start = () => setStep({ at: 'start' })
  switch (step.at) {
    case 'turning-on':
      return <PasswordGate to="on" onSetup={(setup) => setStep({ at: 'confirming', setup })} onStop={start} />
    case 'turning-off':
      return <PasswordGate to="off" onOff={start} onStop={start} />
    case 'confirming':
      return <ConfirmCode setup={step.setup} onOn={(codes) => setStep({ at: 'codes', codes })} onStop={start} />
    case 'codes':
      return <BackupCodes codes={step.codes} onKept={start} />
    default:
      return secondFactor ? (
        <>
          <p>It is on: whoever signs in as you needs a code of your phone, too.</p>
          <Button variant="default" onClick={() => setStep({ at: 'turning-off' })}>
            Turn it off
          </Button>
        </>
      ) : (
        <>
          <p>
            It is off: your password alone opens this account. With it, a code of an app on your phone is asked for,
            too.
          </p>
          <Button variant="default" onClick={() => setStep({ at: 'turning-on' })}>
            Turn it on
          </Button>
        </>
      )
  }
}
