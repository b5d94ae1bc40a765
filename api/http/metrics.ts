import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { importsByStatus, openEmails, unstarted } from '../../db/imports/statistics.ts'
import type { ApiDeps } from './deps.ts'

/** Milliseconds for which figures from the database are good: a scraper must not be a load. */
const FRESH = 10_000

/** Milliseconds that the worker's figures may take; without them ours are still worth having. */
const WORKER_PATIENCE = 1_000

type RequestLabels = Record<'method' | 'route' | 'status', string>

export interface Metrics {
  request(labels: RequestLabels, seconds: number): void
  /** Prometheus text format, the worker's figures included when it is known where they are. */
  text(): Promise<string>
  contentType: string
}

/** Figures of one API process. All their names begin with `muster_`, as none of the SDK's does. */
export function createMetrics({ db, config }: Pick<ApiDeps, 'db' | 'config'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'muster_api_' })
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'muster_http_requests_total',
    help: 'Requests answered.',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'muster_http_request_duration_seconds',
    help: 'Time to the head of the answer.',
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const gauge = (name: string, help: string, label: string[] = []) =>
    new Gauge({ name, help, labelNames: label, registers })
  const imports = gauge('muster_imports', 'Imports in each status.', ['status'])
  const emails = gauge('muster_emails_open', 'E-mails that have to go out.', ['state'])
  const waiting = gauge('muster_workflows_unstarted', 'Imports and mailings whose workflow is not started yet.')
  let takenAt = 0

  async function fromDatabase(): Promise<string> {
    if (Date.now() - takenAt < FRESH) return ''
    takenAt = Date.now()
    try {
      for (const [status, count] of await importsByStatus(db)) imports.set({ status }, count)
      for (const [state, count] of await openEmails(db)) emails.set({ state }, count)
      waiting.set(await unstarted(db))
      return ''
    } catch {
      return '# the database does not answer: its figures are old\n'
    }
  }

  return {
    contentType: registry.contentType,
    request(labels, duration) {
      requests.inc(labels)
      seconds.observe(labels, duration)
    },
    async text() {
      const note = await fromDatabase()
      return `${await registry.metrics()}\n${note}${await workerMetrics(config.WORKER_METRICS_URL)}`
    },
  }
}

async function workerMetrics(url: string | undefined): Promise<string> {
  if (!url) return ''
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(WORKER_PATIENCE) })
    if (response.ok) return await response.text()
  } catch {
    // Said below, so that whoever reads the figures knows why some are missing.
  }
  return '# the worker does not answer: its figures are missing\n'
}
