import { setTimeout as delay } from 'node:timers/promises'
import { Client, importPath, isPassing } from '../http/client.ts'
import { Unreachable } from '../http/errors.ts'
import { readEvents } from '../http/events.ts'
import { hasEnded, type Import, isWaiting } from '../types.ts'

/** Milliseconds without an event after which the stream counts as broken. A proxy may keep it open without a server. */
const SILENCE = 30_000

/** Milliseconds to wait for an API that does not answer. A machine that restarts is back by then. */
const PATIENCE = 10 * 60_000

/** Milliseconds after `resume` or `confirm` during which the old status is ignored. The API may still return it. */
const GRACE = 5_000

export interface Watcher {
  onProgress: (current: Import) => void
  /** Called once for each outage of the API. */
  onOutage: () => void
  /** The status that `resume` or `confirm` just ended. Within the grace period, the API may still return it. */
  leaving?: string | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds between requests while there is no stream. */
  pollEvery?: number
  patience?: number
}

/**
 * Follows an import until it ends or waits for an administrator. Listens to its events. When the stream breaks,
 * requests the import itself and listens again, so that a restart of the API only causes a pause.
 *
 * @throws ApiProblem when the API rejects the request (unknown import, wrong key), ApiProblem or Unreachable when the
 * API stays away longer than `patience`
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
      // After any failure of the stream, the next request for the import shows whether a retry can succeed.
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

/** Yields the import from its event stream until the stream ends, breaks or falls silent. */
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

/** Every sign of life, comments included, restarts the timeout for silence. */
async function* awake(body: AsyncIterable<Uint8Array> | never[], timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    timer.refresh()
    yield chunk
  }
}
