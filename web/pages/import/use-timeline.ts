import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keyOf } from '../../api/hooks.ts'
import type { Import } from '../../api/schema.ts'
import { useAll } from '../../api/use-all.ts'

/** What happened to an import until now; read again whenever it takes a step. */
export function useTimeline({ id, status, phase, problem }: Import) {
  const client = useQueryClient()
  const code = problem?.code
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them says that something happened
  useEffect(() => {
    void client.invalidateQueries({ queryKey: keyOf('GET /v1/imports/{id}/timeline', { path: { id } }).slice(0, 2) })
  }, [client, id, status, phase, code])
  return useAll('GET /v1/imports/{id}/timeline', { path: { id } })
}
