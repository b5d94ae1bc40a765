import { setTimeout as delay } from 'node:timers/promises'
import { Client, importPath, isPassing } from '../http/client.ts'
import { Unreachable } from '../http/errors.ts'
import { readEvents } from '../http/events.ts'
import { hasEnded, type Import, isWaiting } from '../types.ts'

/** A silent stream is taken for a broken one, in milliseconds: a proxy may hold it open with nobody behind it. */
const SILENCE = 30_000

/** How long an API that does not answer is waited for, in milliseconds: a machine that restarts is back by then. */
const PATIENCE = 10 * 60_000

/** After `resume` or `confirm` the old status may still be read for a moment; this many milliseconds it is ignored. */
const GRACE = 5_000

export interface Watcher {
  onProgress: (current: Import) => void
  /** The API stopped answering; called once until it is back. */
  onOutage: () => void
  /** The person just answered this status: seen again within the grace period, it is the old one. */
  leaving?: string | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds between looks while there is no stream. */
  pollEvery?: number
  patience?: number
}

/**
 * Follows an import until it has ended or waits for a person. Listens to its events; when the stream breaks, asks for
 * the import itself and listens again, so that a restart of the API goes by unnoticed but for a pause.
 *
 * @throws ApiProblem when the API refuses (unknown import, wrong key), or when it stays away longer than the patience
 */
export async function watchImport(client: Client, id: string, watcher: Watcher): Promise<Import> {
  const once = new Client(client.target, [])
  const started = Date.now()
  let lastAnswer = started
  let away = false
  const settled = (current: Import): boolean => {
    lastAnswer = Date.now()
    away = false
    watcher.onProgress(current)
    const old = current.status === watcher.leaving && Date.now() - started < GRACE
    return hasEnded(current.status) || (isWaiting(current.status) && !old)
  }
  for (;;) {
    try {
      for await (const current of importEvents(client, id, watcher.signal)) if (settled(current)) return current
    } catch {
      // Whatever broke the stream: asking for the import itself tells whether it is worth another try.
      watcher.signal?.throwIfAborted()
    }
    try {
      const current = await once.json<Import>(importPath(id), { signal: watcher.signal })
      if (settled(current)) return current
    } catch (error) {
      watcher.signal?.throwIfAborted()
      const passing = error instanceof Unreachable || isPassing(error)
      if (!passing || Date.now() - lastAnswer > (watcher.patience ?? PATIENCE)) throw error
      if (!away) watcher.onOutage()
      away = true
    }
    await delay(watcher.pollEvery ?? 1_000, undefined, watcher.signal ? { signal: watcher.signal } : {})
  }
}

/** The import as its event stream tells it, until the stream ends, breaks or falls silent. */
async function* importEvents(client: Client, id: string, signal: AbortSignal | undefined): AsyncGenerator<Import> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), SILENCE)
  const both = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal
  try {
    const response = await client.open(importPath(id, '/events'), { signal: both }, 'text/event-stream')
    for await (const { event, data } of readEvents(awake(response.body ?? [], timer))) {
      if (event === 'import') yield JSON.parse(data) as Import
    }
  } catch (error) {
    if (!silence.signal.aborted || signal?.aborted) throw error
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

/** Every sign of life, comments included, starts the wait for silence again. */
async function* awake(body: AsyncIterable<Uint8Array> | never[], timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    timer.refresh()
    yield chunk
  }
}
