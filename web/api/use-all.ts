import { useEffect } from 'react'
import { type Listing, useList } from './hooks.ts'
import type { Input } from './request.ts'

/** Items after which a list is no longer something to choose from. */
const MOST = 5_000

/** Reads a list to its end, page after page: for what people choose from, and to name what is known by id. */
export function useAll<O extends Listing>(
  operation: O,
  input: Input<O>,
  options: { enabled?: boolean; refetchInterval?: number | false } = {},
) {
  const list = useList(operation, input, options)
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage, items } = list
  const reads = hasNextPage && !isFetchingNextPage && !isError && items.length < MOST
  useEffect(() => {
    if (reads) void fetchNextPage()
  }, [reads, fetchNextPage])
  return list
}
