import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect, useSearch } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { ACCOUNT } from '../../api/client.ts'
import { Door } from '../../parts/page/door.tsx'
import { type Account, pageAfterSignIn, useSignedIn } from '../../session/account.ts'
import { CodeForm } from './code-form.tsx'
import { PasswordForm } from './password-form.tsx'

/** The door of the console: address and password, then the second factor of those who have one. */
export function SignIn() {
  const client = useQueryClient()
  const { data } = useSignedIn()
  const search = useSearch()
  // Whoever has just chosen a password comes with the address that it is for.
  const kept = useHistoryState<{ kept?: string } | null>()?.kept
  const [step, setStep] = useState<'password' | 'code'>('password')
  const signedIn = (account: Account) => client.setQueryData(ACCOUNT, account)
  if (data) return <Redirect to={pageAfterSignIn(search)} replace />
  if (step === 'code') {
    return (
      <Door title="Second step" sentence="Enter the six digits that your authenticator app shows now.">
        <CodeForm onSignedIn={signedIn} onStartOver={() => setStep('password')} />
      </Door>
    )
  }
  return (
    <Door
      title="Sign in"
      sentence={kept ? 'Your password is kept. Sign in with it.' : 'For administrators who import people.'}
    >
      <PasswordForm email={kept ?? ''} onSignedIn={signedIn} onCodeNeeded={() => setStep('code')} />
    </Door>
  )
}
