import { request } from '../../api/request.ts'
import type { DraftChange } from '../../api/schema.ts'

interface Saving {
  /** What was changed while the last request was on its way. */
  waiting: DraftChange
  work: Promise<void>
}

const savings = new Map<string, Saving>()

/** Keeps a change to a draft, one request after the other; what comes meanwhile goes together with the next. */
export function keep(id: string, change: DraftChange): void {
  const saving = savings.get(id) ?? { waiting: {}, work: Promise.resolve() }
  savings.set(id, saving)
  saving.waiting = { ...saving.waiting, ...change }
  enqueue(saving, () => send(id, saving))
}

/** Does something with the draft's import after what was changed before, and before what is asked afterwards. */
export function afterChanges(id: string, work: () => Promise<void>): void {
  const saving = savings.get(id) ?? { waiting: {}, work: Promise.resolve() }
  savings.set(id, saving)
  enqueue(saving, work)
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

function enqueue(saving: Saving, work: () => Promise<void>): void {
  // Whoever waits with `kept` is told what went wrong.
  saving.work = saving.work.then(work).catch(() => undefined)
}

async function send(id: string, saving: Saving): Promise<void> {
  const change = saving.waiting
  if (Object.keys(change).length === 0) return
  saving.waiting = {}
  try {
    await request('PATCH /v1/drafts/{id}', { path: { id }, body: change })
  } catch (error) {
    saving.waiting = { ...change, ...saving.waiting }
    throw error
  }
}
