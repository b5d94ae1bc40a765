import { useCallback, useSyncExternalStore } from 'react'
import type { ApiError } from '../../../api/problem.ts'
import { request } from '../../../api/request.ts'
import type { Draft, DraftChange } from '../../../api/schema.ts'

interface Saving {
  /** What was changed while the last request was on its way, and what is on its way. */
  waiting: DraftChange
  sending: DraftChange
  work: Promise<void>
  /** Goes up with every change, so that an answer that is older than one is known. */
  version: number
  /** When the draft was last changed, as far as this page knows. */
  knownAt: string | null
  /** Why the last change is not kept yet. */
  error: ApiError | null
  again: ReturnType<typeof setTimeout> | undefined
}

/** Milliseconds after which a change that could not be kept is sent again, where that may help. */
const AGAIN = 3_000

const savings = new Map<string, Saving>()
const listeners = new Set<() => void>()
/** Other tabs of this browser that show the same draft. */
const tabs = new BroadcastChannel('muster-drafts')

function savingOf(id: string): Saving {
  const saving = savings.get(id) ?? {
    waiting: {},
    sending: {},
    work: Promise.resolve(),
    version: 0,
    knownAt: null,
    error: null,
    again: undefined,
  }
  savings.set(id, saving)
  return saving
}

/** Keeps a change to a draft, one request after the other; what comes meanwhile goes together with the next. */
export function keep(id: string, change: DraftChange): void {
  const saving = savingOf(id)
  saving.waiting = { ...saving.waiting, ...change }
  saving.version++
  // Whoever waits with `kept` is told what went wrong.
  void enqueue(saving, () => send(id, saving)).catch(() => undefined)
}

/** Does something with the draft's import after what was changed before, and before what is asked afterwards. */
export function afterChanges<T>(id: string, work: () => Promise<T>): Promise<T> {
  const saving = savingOf(id)
  saving.version++
  return enqueue(saving, work).finally(() => tabs.postMessage(id))
}

/**
 * Waits until all that was changed is kept.
 *
 * @throws ApiError when it could not be kept; it is tried again with the next change and with the next wait
 */
export async function kept(id: string): Promise<void> {
  const saving = savings.get(id)
  if (!saving) return
  await saving.work
  await send(id, saving)
}

/**
 * Reads a draft so that nothing that was changed on this page is lost: it is read again when something was changed
 * meanwhile, and what is not kept yet is laid over it.
 *
 * @param shown what the page has; it stays when nobody has changed the draft elsewhere
 */
export async function readKept(id: string, shown: Draft | null | undefined, read: () => Promise<Draft | null>) {
  const saving = savingOf(id)
  for (;;) {
    const { version } = saving
    await saving.work
    const draft = await read()
    if (saving.version !== version) continue
    if (!draft || (shown && draft.updatedAt === (saving.knownAt ?? shown.updatedAt))) return draft && (shown ?? draft)
    saving.knownAt = draft.updatedAt
    return { ...draft, ...saving.sending, ...saving.waiting } as Draft
  }
}

/** Why what was changed last is not kept yet; null when it is, or soon will be. */
export function useNotKept(id: string): ApiError | null {
  const subscribe = useCallback((changed: () => void) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }, [])
  return useSyncExternalStore(subscribe, () => savings.get(id)?.error ?? null)
}

/** The error was told. What is not kept is sent with the next wait. */
export function seen(id: string): void {
  tell(savingOf(id), null)
}

/** There is nothing any more to keep it for. */
export function dropChanges(id: string): void {
  tell(savingOf(id), null)
  savings.delete(id)
}

/** Calls back when another tab has changed the draft. @returns what ends it */
export function onOtherTab(id: string, changed: () => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => data === id && changed()
  tabs.addEventListener('message', hear)
  return () => tabs.removeEventListener('message', hear)
}

function enqueue<T>(saving: Saving, work: () => Promise<T>): Promise<T> {
  const done = saving.work.then(work)
  saving.work = done.then(
    () => undefined,
    () => undefined,
  )
  return done
}

async function send(id: string, saving: Saving): Promise<void> {
  const change = saving.waiting
  if (Object.keys(change).length === 0) return
  clearTimeout(saving.again)
  saving.waiting = {}
  saving.sending = change
  try {
    saving.knownAt = (await request('PATCH /v1/drafts/{id}', { path: { id }, body: change })).updatedAt
    tell(saving, null)
    tabs.postMessage(id)
  } catch (error) {
    saving.waiting = { ...change, ...saving.waiting }
    const { passing } = error as ApiError
    if (passing) saving.again = setTimeout(() => void kept(id).catch(() => undefined), AGAIN)
    tell(saving, error as ApiError)
    throw error
  } finally {
    saving.sending = {}
  }
}

function tell(saving: Saving, error: ApiError | null): void {
  if (saving.error === error) return
  saving.error = error
  for (const listener of listeners) listener()
}

/** What is not kept would be gone with the page. */
window.addEventListener('beforeunload', (event) => {
  if ([...savings.values()].some(({ error }) => error !== null)) event.preventDefault()
})
