import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keyOf, type Listing, useGet } from './hooks.ts'
import { type Answer, type Input, type Operation, request } from './request.ts'
import { type Place, useLongList } from './use-long-list.ts'

/** Operations that count what another lists, and lead to its places. */
type Counting = {
  [O in Operation]: Answer<O> extends { count: number; cursors: string[] } ? O : never
}[Operation] &
  `GET ${string}`

/** Cursors of a list at most, and items between two of them at least: all of a million are 50 kB. */
const MOST_CURSORS = 1_000
const FEWEST_BETWEEN = 1_000

/** Milliseconds for which cursors are good: most items come at the end, and hardly any go. */
const FRESH = 60_000

interface Options {
  /** Milliseconds between looks for others. Default: none follow. */
  grows?: number | false
}

/**
 * All items of a list, their number, and a way to each place, from an operation that counts by the same filters.
 *
 * @param input what both are asked with
 */
export function useCountedList<O extends Listing>(
  listing: O,
  counting: Counting,
  input: Input<O>,
  { grows = false }: Options = {},
) {
  const client = useQueryClient()
  const asked = { path: input.path, query: input.query } as Input<Counting>
  const counted = useGet(counting, asked, { refetchInterval: grows })
  const count = counted.data?.count
  useAfresh(keyOf(listing, input), count)
  const { refetch } = counted
  // Whatever came between the last look and the end.
  useEffect(() => (grows === false ? undefined : () => void refetch()), [grows, refetch])

  const placeOf = async (index: number): Promise<Place> => {
    const every = Math.max(FEWEST_BETWEEN, Math.ceil((count ?? index) / MOST_CURSORS / 100) * 100)
    if (index < every) return { offset: index }
    const marked = { ...asked, query: { ...input.query, every } } as Input<Counting>
    const { cursors } = await client.fetchQuery({
      // Other cursors for every count: those of a list that was shorter do not lead to its end.
      queryKey: [...keyOf(counting, marked), count],
      queryFn: () => request(counting, marked),
      staleTime: FRESH,
    })
    const before = Math.min(Math.floor(index / every), cursors.length)
    const cursor = cursors[before - 1]
    // Some have gone since they were counted.
    if (before < Math.floor(index / every)) void client.invalidateQueries({ queryKey: keyOf(counting, asked) })
    return { ...(cursor === undefined ? {} : { cursor }), offset: Math.min(index - before * every, every) }
  }

  const list = useLongList(listing, input, { count, placeOf })
  return {
    ...list,
    count: list.isCounted ? list.total : undefined,
    error: list.error ?? counted.error,
    retry: () => {
      if (counted.error) void counted.refetch()
      list.retry()
    },
  }
}

/** When there is another number of items than before, what was read of them is read anew. */
function useAfresh(queryKey: QueryKey, count: number | undefined): void {
  const client = useQueryClient()
  const key = JSON.stringify(queryKey)
  const known = useRef({ key, count })
  useEffect(() => {
    const before = known.current
    known.current = { key, count }
    if (before.key !== key || before.count === undefined || before.count === count) return
    void client.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey })
  }, [client, key, count])
}
