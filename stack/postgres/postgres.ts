import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Child, startChild, stopChild, tail, trySignal } from '../processes/child.ts'
import { freePort } from '../processes/ports.ts'
import { type Cluster, clearStaleLock, OWNER, prepareCluster } from './postgres-cluster.ts'

export interface PostgresOptions {
  /** Everything is kept here, except what the server's user could not reach here. */
  dataDir: string
  /** Default: a free one. */
  port?: number
  /** Gives up safety against power cuts for speed; for tests. */
  fast?: boolean
  /** Default: `postgres.log` in the data folder. */
  log?: string
}

export interface Postgres extends Child {
  url: string
  port: number
  /** Where its files are. */
  cluster: string
  stop(): Promise<void>
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '150',
  shared_buffers: '256MB',
  // A million rows write about 3 GB of log; fewer checkpoints in between make that a third faster.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The statements and the details of errors can hold names and addresses, and those stay out of logs.
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
}

const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

/** Recovery replays at most `max_wal_size` of log. */
const START_LIMIT_MS = 180_000

/**
 * Starts the PostgreSQL that comes with the project, on 127.0.0.1 only and with a password, and waits until it answers
 * and holds the database `muster`. What a killed server left behind is recovered.
 *
 * @throws with the end of its log when it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o711 })
  const cluster = await prepareCluster(options.dataDir, options.fast ?? false)
  const port = options.port ?? (await freePort())
  const log = options.log ?? join(options.dataDir, 'postgres.log')
  const url = (database: string) => `postgres://${OWNER}:${cluster.password}@127.0.0.1:${port}/${database}`
  const child = await startUntilUp(cluster, { port, log, fast: options.fast ?? false }, url('postgres'))
  return { ...child, url: url(OWNER), port, cluster: cluster.cluster, stop: () => stopServer(child) }
}

interface Launch {
  port: number
  log: string
  fast: boolean
}

/** When only the first process of a server was killed, the others need a moment to notice, and until then no new one may start. */
async function startUntilUp(cluster: Cluster, launch: Launch, adminUrl: string): Promise<Child> {
  const deadline = Date.now() + START_LIMIT_MS
  for (;;) {
    await endLeftover(cluster.cluster)
    const child = await launchServer(cluster, launch)
    if (await answers(child, adminUrl, deadline)) return child
    const end = await tail(launch.log)
    const retry = /shared memory block|lock file/.test(end) && Date.now() < deadline
    if (!retry) {
      await stopServer(child)
      throw new Error(`PostgreSQL did not start. Its log, ${launch.log}, ends with:\n${end}`)
    }
    await sleep(200)
  }
}

function launchServer(cluster: Cluster, { port, log, fast }: Launch): Promise<Child> {
  const settings = Object.entries({ ...SETTINGS, ...(fast ? FAST : {}) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  return startChild(join(cluster.bin, 'postgres'), ['-D', cluster.cluster, '-p', String(port), ...settings], {
    cwd: cluster.cluster,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    user: cluster.user,
    log,
  })
}

/** Waits until the server takes connections and its database is there; false when it ended instead. */
async function answers(child: Child, adminUrl: string, deadline: number): Promise<boolean> {
  while (!child.gone() && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const { rowCount } = await client.query('select from pg_database where datname = $1', [OWNER])
      if (!rowCount) await client.query(`create database ${OWNER}`)
      return true
    } catch (error) {
      if (!isStarting(error)) throw error
      await sleep(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return false
}

/** No connection yet, or "the database system is starting up" (57P03). */
function isStarting(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === undefined || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03'
}

/** Ends a server that an earlier, killed owner of this data folder left running. */
async function endLeftover(cluster: string): Promise<void> {
  for (const [signal, tries] of [
    ['SIGINT', 100],
    ['SIGQUIT', 50],
    ['SIGKILL', 50],
  ] as const) {
    for (let attempt = 0; attempt < tries; attempt++) {
      const pid = await clearStaleLock(cluster)
      if (pid === undefined) return
      if (attempt === 0) trySignal(pid, signal)
      await sleep(100)
    }
  }
}

/** Fast shutdown (ends open transactions), then immediate (recovers at the next start). */
function stopServer(child: Child): Promise<void> {
  return stopChild(child, [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
  ])
}
