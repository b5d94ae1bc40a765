import { type QueryClient, type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Item, keyOf, type Listing } from './hooks.ts'
import type { ApiError } from './problem.ts'
import { type Answer, type Input, request } from './request.ts'

/** Items of a page: a screenful is there at once, and a long way is scrolled with few questions. */
const PAGE = 100
/** Pages on each side of what is looked at that stay in memory. */
const KEPT = 10
/** Milliseconds after which a jump asks: a scroll bar that is dragged passes many places. */
const JUMP = 100

interface Page<T> {
  items: T[]
  next: string | null
}

/** Where a page begins: after a cursor, and so many items further. */
export interface Place {
  cursor?: string
  offset?: number
}

interface Options {
  /** How many items there are; undefined: not known yet. */
  count: number | undefined
  /** The way to an item of the list when the one before it was not read. */
  placeOf: (index: number) => Place | Promise<Place>
}

/** Pages that are read, and the one in the middle of the window. */
interface View {
  from: number
  to: number
  here: number
}

/**
 * A list of any length, read where somebody looks at it: at most some twenty pages are in memory. `here` is the page that
 * is looked at, with its items when they are all there.
 */
export function useLongList<O extends Listing>(operation: O, input: Input<O>, { count, placeOf }: Options) {
  const client = useQueryClient()
  const key = [...keyOf(operation, input), 'page']
  const [view, look] = useView()
  const pages = Array.from({ length: view.to - view.from + 1 }, (_, place) => view.from + place)
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, page],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const before = client.getQueryState<Page<Item<O>>>([...key, page - 1])
        // Where a page ended that is no longer true, another may begin.
        const next = before?.isInvalidated ? undefined : before?.data?.next
        const place = page === 0 ? {} : next ? { cursor: next } : await placeOf(page * PAGE)
        const query = { ...input.query, ...place, limit: PAGE }
        return (await request(operation, { ...input, query, signal } as Input<O>)) as Answer<O> & Page<Item<O>>
      },
    })),
  })
  useForget(client, key, view)
  const read = new Map(results.map(({ data }, place) => [view.from + place, data]))
  // What was read last knows better than what was counted before.
  const end = [...read].find(([, data]) => data?.next === null)
  const total = end ? end[0] * PAGE + (end[1]?.items.length ?? 0) : (count ?? read.get(0)?.items.length ?? 0)
  const error = results.find((result) => result.error)?.error as ApiError | undefined
  return {
    total,
    /** The total is that of the list, and not only of what was read. */
    isCounted: count !== undefined || end !== undefined,
    at: (index: number) => read.get(Math.floor(index / PAGE))?.items[index % PAGE],
    look,
    here: { ...extentOf(view.here, total), items: read.get(view.here)?.items },
    /** Nothing of what is looked at was read. */
    isPending: results.every(({ isPending }) => isPending),
    error: error ?? null,
    retry: () => void Promise.all(results.filter((result) => result.error).map(({ refetch }) => refetch())),
  }
}

function extentOf(page: number, total: number) {
  const first = page * PAGE
  return { first, size: Math.max(0, Math.min(PAGE, total - first)) }
}

function useView() {
  const [view, setView] = useState<View>({ from: 0, to: 0, here: 0 })
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const current = useRef(view)
  const look = useCallback((first: number, last: number, middle: number) => {
    const [from, to, here] = [first, Math.max(first, last), middle].map((index) =>
      Math.floor(Math.max(0, index) / PAGE),
    )
    const next = { from: from ?? 0, to: to ?? 0, here: here ?? 0 }
    const { current: now } = current
    clearTimeout(waiting.current)
    if (now.from === next.from && now.to === next.to && now.here === next.here) return
    const go = () => {
      current.current = next
      setView(next)
    }
    if (next.from <= now.to + 1 && next.to >= now.from - 1) go()
    else waiting.current = setTimeout(go, JUMP)
  }, [])
  useEffect(() => () => clearTimeout(waiting.current), [])
  return [view, look] as const
}

/** Lets go of pages that are far from what is looked at. */
function useForget(client: QueryClient, key: QueryKey, { from, to }: View): void {
  const text = JSON.stringify(key)
  const queryKey = useMemo(() => JSON.parse(text) as QueryKey, [text])
  useEffect(() => {
    client.removeQueries({
      queryKey,
      type: 'inactive',
      predicate: (query) => {
        const page = Number(query.queryKey.at(-1))
        return page < from - KEPT || page > to + KEPT
      },
    })
  }, [client, queryKey, from, to])
}
