import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { keyOf, useGet } from './hooks.ts'
import type { ApiError } from './problem.ts'
import type { Import } from './schema.ts'

/** Milliseconds between looks where events do not come through, as behind a proxy that collects them. */
const POLL = 2_000

/** Milliseconds of silence after connecting that mean that nothing will come; an event comes at once. */
const PATIENCE = 5_000

const ended = new Set<Import['status']>(['completed', 'rejected', 'cancelled', 'failed'])

/**
 * An import that is kept up to date: by server-sent events, and by asking again and again where those do not arrive.
 *
 * @returns what `useGet` returns, and `live`: whether events come
 */
export function useLiveImport(id: string) {
  const client = useQueryClient()
  const [live, setLive] = useState(true)
  const query = useGet(
    'GET /v1/imports/{id}',
    { path: { id } },
    { refetchInterval: ({ state }) => (live || isUnknown(state.error) ? false : POLL) },
  )
  const status = query.data?.status
  const over = (status !== undefined && ended.has(status)) || isUnknown(query.error)
  const asked = query.isFetched

  useEffect(() => {
    if (over || !asked) return
    const source = new EventSource(`/v1/imports/${encodeURIComponent(id)}/events`)
    let silent: ReturnType<typeof setTimeout> | undefined
    const wait = () => {
      silent ??= setTimeout(() => setLive(false), PATIENCE)
    }
    wait()
    source.addEventListener('import', ({ data }: MessageEvent<string>) => {
      clearTimeout(silent)
      silent = undefined
      setLive(true)
      client.setQueryData(keyOf('GET /v1/imports/{id}', { path: { id } }), JSON.parse(data) as Import)
    })
    // The browser connects again by itself, unless it was told that there is nothing for it.
    source.addEventListener('error', () => (source.readyState === EventSource.CLOSED ? setLive(false) : wait()))
    return () => {
      clearTimeout(silent)
      source.close()
    }
  }, [id, over, asked, client])

  return { ...query, live: live && !over }
}

/** There is no such import for whoever asks, and nothing of it will come. */
const isUnknown = (error: ApiError | null) => error?.problem.status === 404
