import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keyOf } from '../../../api/hooks.ts'
import type { Import } from '../../../api/schema.ts'
import { useAll } from '../../../api/use-all.ts'

/** Milliseconds between looks at an import that waits for somebody. */
const LOOK = 2_000

/**
 * What happened to an import until now; read again whenever it takes a step. One that was resumed and stopped again, or was
 * checked again and refused again, may have done so between two looks at it: only its history tells.
 */
export function useTimeline({ id, status, phase, problem }: Import) {
  const client = useQueryClient()
  const code = problem?.code
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them says that something happened
  useEffect(() => {
    void client.invalidateQueries({ queryKey: keyOf('GET /v1/imports/{id}/timeline', { path: { id } }).slice(0, 2) })
  }, [client, id, status, phase, code])
  const waits = status === 'paused' || status === 'rejected'
  return useAll('GET /v1/imports/{id}/timeline', { path: { id } }, { refetchInterval: waits && LOOK })
}
