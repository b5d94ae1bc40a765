import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useGet } from '../../api/hooks.ts'
import { request } from '../../api/request.ts'
import { type Place, useLongList } from '../../api/use-long-list.ts'
import type { PeopleQuery } from './use-people-filter.ts'

const COUNT = 'GET /v1/users/count'

/** Cursors of a list at most, and people between two of them at least: all of a million are 50 kB. */
const MOST_CURSORS = 1_000
const FEWEST_BETWEEN = 1_000

/** Milliseconds for which cursors are good: people come at the end, and hardly ever go. */
const FRESH = 60_000

/** Everybody who matches, their number, and a way to each place of the list. */
export function usePeople(query: PeopleQuery) {
  const client = useQueryClient()
  const counted = useGet(COUNT, { query })
  const count = counted.data?.count

  const placeOf = async (index: number): Promise<Place> => {
    const every = Math.max(FEWEST_BETWEEN, Math.ceil((count ?? index) / MOST_CURSORS / 100) * 100)
    if (index < every) return { offset: index }
    const input = { query: { ...query, every } }
    const { cursors } = await client.fetchQuery({
      queryKey: keyOf(COUNT, input),
      queryFn: () => request(COUNT, input),
      staleTime: FRESH,
    })
    const before = Math.min(Math.floor(index / every), cursors.length)
    const cursor = cursors[before - 1]
    // Somebody has gone since they were counted.
    if (before < Math.floor(index / every)) void client.invalidateQueries({ queryKey: keyOf(COUNT, { query }) })
    return { ...(cursor === undefined ? {} : { cursor }), offset: Math.min(index - before * every, every) }
  }

  const list = useLongList('GET /v1/users', { query }, { count, placeOf })
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
