import { useSend } from '../../api/hooks.ts'
import type { Operation } from '../../api/request.ts'

const told: Operation[] = [
  'GET /v1/imports/{id}',
  'GET /v1/imports',
  'GET /v1/imports/{id}/rows',
  'GET /v1/imports/{id}/rows/count',
  'GET /v1/imports/{id}/plan',
]

/** What a person decides about an import. */
export function useDecisions(id: string) {
  const input = { path: { id } }
  const confirm = useSend('POST /v1/imports/{id}/confirm', told)
  const resume = useSend('POST /v1/imports/{id}/resume', told)
  const cancel = useSend('POST /v1/imports/{id}/cancel', told)
  const check = useSend('POST /v1/imports/{id}/revalidate', told)
  return {
    confirm: () => confirm.mutateAsync(input),
    resume: () => resume.mutate(input),
    cancel: () => cancel.mutateAsync(input),
    check: () => check.mutate(input),
    resuming: resume.isPending,
    checking: check.isPending,
    confirmError: confirm.error,
    cancelError: cancel.error,
    /** Why the last press of a button that asks nothing was refused. */
    error: resume.error ?? check.error,
  }
}

export type Decisions = ReturnType<typeof useDecisions>
