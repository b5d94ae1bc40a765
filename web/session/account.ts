import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { ACCOUNT } from '../api/client.ts'
import { useSend } from '../api/hooks.ts'
import { ApiError } from '../api/problem.ts'
import { type Answer, type Input, request } from '../api/request.ts'

export type Account = NonNullable<Answer<'GET /v1/account'>>

/** Who is signed in; `data` is null when nobody is. */
export function useSignedIn() {
  return useQuery<Account | null, ApiError>({ queryKey: ACCOUNT, queryFn: readAccount, staleTime: 60_000 })
}

/**
 * The account that a page is shown for, from the gate around it. A page that asked for itself could learn that the
 * session has ended while the gate still shows it.
 */
export const AccountContext = createContext<Account | null>(null)

/** The account of whoever sees this page. Pages are shown to nobody else. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('A page that is for accounts was shown without one.')
  return account
}

async function readAccount(): Promise<Account | null> {
  try {
    return await request('GET /v1/account', {})
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthorized') return null
    throw error
  }
}

/** Ends the session, and forgets all that was read with it. */
export function useSignOut() {
  const client = useQueryClient()
  const signOut = useSend('DELETE /v1/session')
  const forget = () => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ACCOUNT[0] })
    client.setQueryData(ACCOUNT, null)
  }
  return { ...signOut, mutate: (input: Input<'DELETE /v1/session'>) => signOut.mutate(input, { onSuccess: forget }) }
}

/** Where a sign-in leads back to: a page of ours, whatever the address says. */
export function pageAfterSignIn(search: string): string {
  const from = new URLSearchParams(search).get('from') ?? ''
  return /^\/(?![/\\])/.test(from) && !from.startsWith('/sign-in') ? from : '/imports'
}
