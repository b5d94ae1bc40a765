import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { importsByStatus, openEmails, unstarted } from '../../db/imports/statistics.ts'
import type { ApiDeps } from './deps.ts'

/** How long metrics from the database are reused, so that frequent scrapes do not load the database. */
const DATABASE_METRICS_MAX_AGE_MS = 10_000

/** How long a scrape waits for the worker's metrics. After that it returns those of the API alone. */
const WORKER_METRICS_TIMEOUT_MS = 1_000

type RequestLabels = Record<'method' | 'route' | 'status', string>

export interface Metrics {
  request(labels: RequestLabels, seconds: number): void
  /** Prometheus text format. Includes the worker's metrics when WORKER_METRICS_URL is set. */
  text(): Promise<string>
  contentType: string
}

/** Metrics of one API process. All their names begin with `muster_`, and no name of the Temporal SDK does. */
export function createMetrics({ db, config }: Pick<ApiDeps, 'db' | 'config'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'muster_api_' })
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'muster_http_requests_total',
    help: 'HTTP requests served.',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'muster_http_request_duration_seconds',
    help: 'Seconds until the response headers.',
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const gauge = (name: string, help: string, label: string[] = []) =>
    new Gauge({ name, help, labelNames: label, registers })
  const imports = gauge('muster_imports', 'Imports in each status.', ['status'])
  const emails = gauge('muster_emails_open', 'E-mails that are queued or being sent.', ['state'])
  const waiting = gauge('muster_workflows_unstarted', 'Imports and mailings whose workflow has not started yet.')
  let takenAt = 0

  async function fromDatabase(): Promise<string> {
    if (Date.now() - takenAt < DATABASE_METRICS_MAX_AGE_MS) return ''
    takenAt = Date.now()
    try {
      for (const [status, count] of await importsByStatus(db)) imports.set({ status }, count)
      for (const [state, count] of await openEmails(db)) emails.set({ state }, count)
      waiting.set(await unstarted(db))
      return ''
    } catch {
      return '# the database is unavailable: its metrics are out of date\n'
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
    const response = await fetch(url, { signal: AbortSignal.timeout(WORKER_METRICS_TIMEOUT_MS) })
    if (response.ok) return await response.text()
  } catch {
    // The comment returned below tells the reader why metrics are missing.
  }
  return '# the worker is unavailable: its metrics are missing\n'
}
