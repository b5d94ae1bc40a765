import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'

/** Where the account that is signed in is kept; null: nobody is. */
export const ACCOUNT = ['account'] as const

/** Milliseconds for which an answer is shown again without asking. */
const FRESH = 5_000
const TRIES = 2

/** All answers of the API, and one way out for everybody: when the session has ended, the account is gone. */
export function createClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.code === 'unauthorized') client.setQueryData(ACCOUNT, null)
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH,
        retry: (count, error) => count < TRIES && error instanceof ApiError && error.passing,
        retryDelay: (count, error) => {
          const asked = error instanceof ApiError ? error.retryAfter : null
          return Math.min(5_000, asked === null ? 500 * 2 ** count : asked * 1_000)
        },
      },
    },
  })
  return client
}
