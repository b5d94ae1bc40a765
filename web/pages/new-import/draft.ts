import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { ImportOptions, Preview } from '../../api/schema.ts'
import { useAccount } from '../../session/account.ts'
import { type StoredDraft, storedDrafts } from './draft-store.ts'

/** How a file is read where that was told and not found out. */
export interface Reading {
  encoding?: string
  delimiter?: string
  sheet?: string
}

export const steps = ['file', 'columns', 'choices', 'check'] as const
export type StepName = (typeof steps)[number]

/** An import that is being put together. What nobody has chosen is not there. */
export interface Draft {
  id: string
  file: { name: string; size: number }
  template: string | null
  /** Header by field; null: as the file suggests. */
  mapping: Record<string, string> | null
  options: ImportOptions
  reading: Reading
  /** How far it has come. */
  step: StepName
  /** The import that checks it; it is confirmed or dropped. */
  import: string | null
  updatedAt: string
}

export type DraftChanges = Partial<Pick<Draft, 'template' | 'mapping' | 'options' | 'reading' | 'step' | 'import'>>

const DRAFTS = ['drafts']
const draftKey = (id: string) => [...DRAFTS, id]

/** Everything that is in work, newest first. */
export function useDrafts() {
  const { id: account } = useAccount()
  return useQuery({ queryKey: [...DRAFTS, 'of', account], queryFn: () => storedDrafts.list(account) })
}

/** @returns `data` null: there is no such draft any more */
export function useDraft(id: string | undefined) {
  const { id: account } = useAccount()
  return useQuery({
    queryKey: draftKey(id ?? ''),
    queryFn: async () => {
      const draft = await storedDrafts.find(id ?? '')
      return draft?.account === account ? draft : null
    },
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/**
 * Takes a file in, after a look at it.
 *
 * @throws ApiError when the file cannot be read or holds nobody; then there is no draft
 */
export function useCreateDraft() {
  const client = useQueryClient()
  const { id: account } = useAccount()
  return useMutation<Draft, ApiError, { file: File; before?: Draft }>({
    mutationFn: async ({ file, before }) => {
      const options = before?.options ?? {}
      const preview = await look(file, { template: null, mapping: null, options, reading: {} })
      const [problem] = preview.problems.filter(({ code }) => !matchable(preview, code))
      if (problem) throw new ApiError(problem)
      const known = preview.mappingSource === 'template'
      const draft: StoredDraft = {
        id: newId(),
        account,
        content: file,
        file: { name: file.name, size: file.size },
        template: preview.template,
        mapping: null,
        options,
        reading: {},
        step: known ? 'choices' : 'columns',
        import: null,
        updatedAt: new Date().toISOString(),
      }
      await storedDrafts.put(draft)
      if (before?.import) dropCheck(before.import)
      if (before) await storedDrafts.remove(before.id)
      client.setQueryData(draftKey(draft.id), draft)
      client.setQueryData(previewKey(draft), preview)
      return draft
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [...DRAFTS, 'of'] }),
  })
}

/** Keeps what was chosen; the page shows it at once. */
export function useSaveDraft(id: string) {
  const client = useQueryClient()
  return (changes: DraftChanges) => {
    const before = client.getQueryData<StoredDraft | null>(draftKey(id))
    if (!before) return
    const after = { ...before, ...changes, updatedAt: new Date().toISOString() }
    client.setQueryData(draftKey(id), after)
    void storedDrafts.put(after).then(() => client.invalidateQueries({ queryKey: [...DRAFTS, 'of'] }))
  }
}

/** As `useSaveDraft`, for what the check depends on: a check that waits for its confirmation is dropped. */
export function useChangeDraft(draft: Draft) {
  const save = useSaveDraft(draft.id)
  return (changes: Omit<DraftChanges, 'import'>) => {
    if (draft.import !== null) dropCheck(draft.import)
    save({ ...changes, import: null })
  }
}

/** An import that waits for a confirmation nobody will give. One that has ended by itself stays as it is. */
function dropCheck(id: string): void {
  request('POST /v1/imports/{id}/cancel', { path: { id } }).catch(() => undefined)
}

/** Takes a draft away. `confirmed`: its import goes on. */
export function useDiscardDraft() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ draft, confirmed = false }: { draft: Draft; confirmed?: boolean }) => {
      if (draft.import !== null && !confirmed) dropCheck(draft.import)
      await storedDrafts.remove(draft.id)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [...DRAFTS, 'of'] }),
  })
}

/** The file as an import with these choices would read it. */
export function usePreview(draft: Draft) {
  return useQuery<Preview, ApiError>({
    queryKey: previewKey(draft),
    queryFn: async ({ signal }) => look(await contentOf(draft), draft, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}

/** Hands the draft over to be checked, as an import that waits for a confirmation. */
export function useStartCheck(draft: Draft) {
  const client = useQueryClient()
  const save = useSaveDraft(draft.id)
  return useMutation({
    mutationFn: async (password: string | null) => {
      const { passwords, ...options } = draft.options
      const chosen = password === null ? passwords : { ...passwords, default: password }
      const body = formOf(await contentOf(draft), draft)
      body.set('options', JSON.stringify({ ...options, ...(chosen ? { passwords: chosen } : {}), review: true }))
      return request('POST /v1/imports', { body, query: {} })
    },
    onSuccess: async ({ id }) => {
      const now = client.getQueryData<Draft | null>(draftKey(draft.id))
      // Somebody went back and chose otherwise while it was handed over.
      if (now && sameChoices(now, draft)) save({ import: id })
      else dropCheck(id)
      await client.invalidateQueries({ queryKey: ['GET /v1/imports'] })
    },
  })
}

type Asked = Pick<Draft, 'template' | 'mapping' | 'reading' | 'options'>

function previewKey({ id, template, mapping, reading, options }: Draft) {
  return ['draft-preview', id, template, mapping, reading, options.company ?? null]
}

function sameChoices(one: Asked, other: Asked): boolean {
  const keys = ['template', 'mapping', 'reading', 'options'] as const
  return keys.every((key) => one[key] === other[key])
}

function look(file: File, asked: Asked, signal?: AbortSignal): Promise<Preview> {
  const body = formOf(file, asked)
  if (asked.options.company) body.set('company', asked.options.company)
  return request('POST /v1/imports/preview', { body, ...(signal ? { signal } : {}) })
}

function formOf(file: File, { template, mapping, reading }: Omit<Asked, 'options'>): FormData {
  const form = new FormData()
  form.set('file', file)
  if (template !== null) form.set('template', template)
  if (mapping !== null) form.set('mapping', JSON.stringify(mapping))
  for (const [name, value] of Object.entries(reading)) if (value) form.set(name, value)
  return form
}

/** A person can settle it in the columns. */
function matchable(preview: Preview, code: string): boolean {
  return code === 'invalid-mapping' && preview.headers.length > 0 && preview.records > 0
}

async function contentOf({ id }: Draft): Promise<File> {
  const draft = await storedDrafts.find(id)
  if (draft) return draft.content
  throw new ApiError({
    type: '/problems/draft-gone',
    title: 'The file is no longer here',
    status: 404,
    detail: 'This browser no longer holds the file. Choose it again.',
    code: 'draft-gone',
  })
}

/** Pages that came without encryption have no randomUUID. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
