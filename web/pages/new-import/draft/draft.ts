import { hashKey, keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { keyOf, useGet } from '../../../api/hooks.ts'
import { ApiError } from '../../../api/problem.ts'
import { request } from '../../../api/request.ts'
import type { Draft, DraftChange, Preview } from '../../../api/schema.ts'
import type { OnSent } from '../../../api/upload.ts'
import { afterChanges, dropChanges, keep, kept, onOtherTab, readKept } from './draft-saver.ts'

export type { Draft }
export type Reading = Draft['reading']

/** The steps that can be opened; the last one, `import`, stands open beside the check. */
export const steps = ['file', 'columns', 'choices', 'check'] as const
export type StepName = (typeof steps)[number]

/** Drafts that are shown; nobody has more in work. */
const SHOWN = 20

const draftKey = (id: string) => keyOf('GET /v1/drafts/{id}', { path: { id } })

/** What was begun, newest first. */
export function useDrafts() {
  return useGet('GET /v1/drafts', { query: { limit: SHOWN } })
}

/** @returns `data` null: there is no such draft any more */
export function useDraft(id: string) {
  const client = useQueryClient()
  const read = useQuery<Draft | null, ApiError>({
    queryKey: draftKey(id),
    queryFn: () => {
      const shown = client.getQueryData<Draft | null>(draftKey(id))
      return readKept(id, shown, () => request('GET /v1/drafts/{id}', { path: { id } }).catch(nullWhenGone))
    },
    // What is chosen here is the newest there is, and kept at once; but for what is chosen elsewhere.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: 'always',
  })
  useEffect(() => onOtherTab(id, () => void client.invalidateQueries({ queryKey: draftKey(id) })), [client, id])
  // `useQuery` draws a change in a later task. Until then React puts what was chosen or typed back to what it was, so
  // that a radio flickers and the caret in a text jumps to its end. The cache itself tells of a change at once.
  const subscribe = useCallback(
    (changed: () => void) =>
      // Of this draft only: another query may come into being while its component is drawn, when nothing may change.
      client.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated' && query.queryHash === hashKey(draftKey(id))) changed()
      }),
    [client, id],
  )
  const data = useSyncExternalStore(subscribe, () => client.getQueryData<Draft | null>(draftKey(id)))
  return { ...read, data }
}

/** Files that were taken in and not looked at, because the connection broke: they are not sent twice. */
const takenIn = new WeakMap<File, string>()

/** @returns the id of the draft of a file */
async function takeIn(file: File, onSent: OnSent): Promise<string> {
  const before = takenIn.get(file)
  if (before !== undefined) {
    onSent(file.size, file.size)
    return before
  }
  const body = new FormData()
  body.set('file', file)
  const { id } = await request('POST /v1/drafts', { body, onSent })
  takenIn.set(file, id)
  return id
}

/**
 * Takes a file in, after a look at it. `before`: the draft whose file it replaces; what was chosen there stays chosen.
 * `onSent` is told how much of the file was sent; the look begins when all of it was.
 *
 * @throws ApiError when the file cannot be read or holds nobody; then there is no draft
 */
export function useCreateDraft() {
  const client = useQueryClient()
  return useMutation<Draft, ApiError, { file: File; before?: Draft; onSent: OnSent }>({
    mutationFn: async ({ file, before, onSent }) => {
      const id = await takeIn(file, onSent)
      const path = { id }
      const preview = await request('GET /v1/drafts/{id}/preview', { path })
      const [problem] = preview.problems.filter(({ code }) => !matchable(preview, code))
      if (problem) {
        takenIn.delete(file)
        await request('DELETE /v1/drafts/{id}', { path })
        throw new ApiError(problem)
      }
      const step = preview.mappingSource === 'template' ? 'choices' : 'columns'
      const change = before ? { step, options: before.options } : { step }
      const draft = await request('PATCH /v1/drafts/{id}', { path, body: change as DraftChange })
      if (before) await discard(before)
      takenIn.delete(file)
      client.setQueryData(draftKey(id), draft)
      client.setQueryData(previewKey(draft), preview)
      return draft
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf('GET /v1/drafts') }),
  })
}

/** Keeps what was chosen, and shows it at once. What the check depends on takes the check back with it. */
export function useChangeDraft({ id }: Draft) {
  const client = useQueryClient()
  return (change: Omit<DraftChange, 'step' | 'options'> & { options?: Draft['options'] }) => {
    const before = client.getQueryData<Draft | null>(draftKey(id))
    if (!before) return
    const checked = before.step === 'check' || before.step === 'import'
    if (checked && before.import) {
      const check = before.import
      void afterChanges(id, () => dropCheck(check))
    }
    const back = checked ? { step: 'choices' as const } : {}
    client.setQueryData(draftKey(id), { ...before, ...change, ...back, import: null })
    keep(id, { ...change, ...back })
  }
}

/** Notes how far a draft has come. `check` is noted by the API, together with the import that checks. */
export function useReachStep({ id }: Draft) {
  const client = useQueryClient()
  return (step: StepName) => {
    client.setQueryData<Draft | null>(draftKey(id), (before) => (before ? { ...before, step } : before))
    if (step !== 'check') keep(id, { step })
  }
}

/** Somebody has imported or discarded it elsewhere. */
export function useForgetDraft() {
  const client = useQueryClient()
  return useCallback(
    (id: string) => {
      dropChanges(id)
      client.setQueryData(draftKey(id), null)
    },
    [client],
  )
}

export function useDiscardDraft() {
  const client = useQueryClient()
  return useMutation<void, ApiError, Draft>({
    mutationFn: discard,
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf('GET /v1/drafts') }),
  })
}

/** The file as an import with these choices would read it. */
export function usePreview(draft: Draft) {
  return useQuery<Preview, ApiError>({
    queryKey: previewKey(draft),
    queryFn: async ({ signal }) => {
      await kept(draft.id)
      return request('GET /v1/drafts/{id}/preview', { path: { id: draft.id }, signal })
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}

/** What each column was taken for before anybody said otherwise, by header; empty where nobody knows any more. */
export function useSuggested(draft: Draft): ReadonlyMap<string, Preview['columns'][number]> {
  const client = useQueryClient()
  const first = client.getQueryData<Preview>(previewKey({ ...draft, mapping: null }))
  return new Map(first?.columns.map((column) => [column.header, column]))
}

/** Hands the draft over to be checked, as an import that waits for a confirmation. */
export function useStartCheck(draft: Draft) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (password: string | null) => {
      await kept(draft.id)
      const body = { review: true, ...(password === null ? {} : { defaultPassword: password }) }
      return afterChanges(draft.id, () => request('POST /v1/drafts/{id}/import', { path: { id: draft.id }, body }))
    },
    onSuccess: async ({ id }) => {
      const now = client.getQueryData<Draft | null>(draftKey(draft.id))
      // Somebody may have gone back and chosen otherwise while it was handed over.
      if (now?.step === 'check') client.setQueryData(draftKey(draft.id), { ...now, import: id })
      else void afterChanges(draft.id, () => dropCheck(id))
      await client.invalidateQueries({ queryKey: keyOf('GET /v1/imports') })
    },
  })
}

/** An import that waits for a confirmation which nobody will give. One that has ended by itself stays as it is. */
async function dropCheck(id: string): Promise<void> {
  await request('POST /v1/imports/{id}/cancel', { path: { id } }).catch(() => undefined)
}

async function discard({ id, import: check }: Draft): Promise<void> {
  if (check) await dropCheck(check)
  await request('DELETE /v1/drafts/{id}', { path: { id } }).catch(nullWhenGone)
}

function nullWhenGone(error: unknown): null {
  if (error instanceof ApiError && error.problem.status === 404) return null
  throw error
}

function previewKey({ id, template, mapping, reading, options }: Draft) {
  return ['GET /v1/drafts/{id}/preview', id, template, mapping, reading, options.company ?? null]
}

/** A person can settle it in the columns. */
function matchable({ headers, records }: Preview, code: string): boolean {
  return code === 'invalid-mapping' && headers.length > 0 && records > 0
}
