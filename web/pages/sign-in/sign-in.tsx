import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect, useSearch } from 'wouter'
import { ACCOUNT } from '../../api/client.ts'
import { Door } from '../../parts/door.tsx'
import { type Account, pageAfterSignIn, useSignedIn } from '../../session/account.ts'
import { CodeForm } from './code-form.tsx'
import { PasswordForm } from './password-form.tsx'

/** The door of the console: address and password, then the second factor of those who have one. */
export function SignIn() {
  const client = useQueryClient()
  const { data } = useSignedIn()
  const search = useSearch()
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
    <Door title="Sign in" sentence="For administrators who import people.">
      <PasswordForm onSignedIn={signedIn} onCodeNeeded={() => setStep('code')} />
    </Door>
  )
}
