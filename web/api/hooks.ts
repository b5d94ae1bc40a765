import {
  keepPreviousData,
  type QueryKey,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError } from './problem.ts'
import { type Answer, type Input, type Operation, request } from './request.ts'

type Reading = Extract<Operation, `GET ${string}`>

/** Operations that answer `{items, next}`. */
export type Listing = {
  [O in Reading]: Answer<O> extends { items: unknown[]; next: string | null } ? O : never
}[Reading]
export type Item<O extends Listing> = Answer<O> extends { items: (infer T)[] } ? T : never

/** Where an answer is kept. Without an input: where all answers of the operation are, to invalidate them. */
export function keyOf(operation: Operation, input?: { path?: unknown; query?: unknown }): QueryKey {
  return input ? [operation, input.path ?? null, input.query ?? null] : [operation]
}

type Options<O extends Reading> = Omit<UseQueryOptions<Answer<O>, ApiError>, 'queryKey' | 'queryFn'>

/** Reads one thing: `useGet('GET /v1/imports/{id}', { path: { id } })`. */
export function useGet<O extends Reading>(operation: O, input: Input<O>, options: Options<O> = {}) {
  return useQuery<Answer<O>, ApiError>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => request(operation, { ...input, signal }),
    ...options,
  })
}

/**
 * Reads a list page by page; `items` holds those of all pages so far. `refetchInterval` in milliseconds; `keep` shows
 * the list before until another is there.
 */
export function useList<O extends Listing>(
  operation: O,
  input: Input<O>,
  { keep = false, ...options }: { enabled?: boolean; refetchInterval?: number | false; keep?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey: [...keyOf(operation, input), 'pages'],
    queryFn: ({ signal, pageParam }) => {
      const page = pageParam === null ? {} : { cursor: pageParam }
      return request(operation, { ...input, query: { ...input.query, ...page }, signal } as Input<O>) as Promise<
        Answer<O> & { items: Item<O>[]; next: string | null }
      >
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...options,
  })
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { ...query, error: query.error as ApiError | null, items }
}

/**
 * Changes something: `const { mutate, isPending, error } = useSend('POST /v1/imports/{id}/resume', ['GET /v1/imports'])`.
 *
 * @param refreshes operations whose answers are no longer true afterwards
 */
export function useSend<O extends Operation>(operation: O, refreshes: Operation[] = []) {
  const client = useQueryClient()
  return useMutation<Answer<O>, ApiError, Input<O>>({
    mutationFn: (input) => request(operation, input),
    onSuccess: () => Promise.all(refreshes.map((one) => client.invalidateQueries({ queryKey: keyOf(one) }))),
  })
}
