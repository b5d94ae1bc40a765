import type { ReactNode } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { problemOf } from '../api/problem.ts'
import { ErrorState } from '../parts/states/states-of-a-page.tsx'
import { AccountContext, useSignedIn } from './account.ts'

/** Lets those in who are signed in; others come back to where they were after they have signed in. */
export function AccountGate({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useSignedIn()
  const [path] = useLocation()
  const search = useSearch()
  if (data) return <AccountContext value={data}>{children}</AccountContext>
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} alone />
  if (data === undefined) return null
  const from = path + (search === '' ? '' : `?${search}`)
  return <Redirect to={`/sign-in?from=${encodeURIComponent(from)}`} replace />
}
