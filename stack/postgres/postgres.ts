import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Child, startChild, stopChild, tail, trySignal } from '../processes/child.ts'
import { freePort } from '../processes/ports.ts'
import { type Cluster, clearStaleLock, OWNER, prepareCluster } from './postgres-cluster.ts'

export interface PostgresOptions {
  /** The folder for all data. The cluster lies elsewhere if the server's user cannot enter this folder. */
  dataDir: string
  /** Default: a free port. */
  port?: number
  /** Trades safety against power failures for speed, for tests. */
  fast?: boolean
  /** Default: `postgres.log` in the data folder. */
  log?: string
}

export interface Postgres extends Child {
  url: string
  port: number
  /** The folder of its files. */
  cluster: string
  stop(): Promise<void>
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '150',
  shared_buffers: '256MB',
  // A million rows write about 3 GB of WAL. Fewer checkpoints make this a third faster.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and error details can contain names and addresses, which must not be logged.
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

/** Milliseconds for a start with recovery, which replays at most `max_wal_size` of WAL. */
const START_TIMEOUT_MS = 180_000

/**
 * Starts the embedded PostgreSQL, on 127.0.0.1 only and with a password. Waits until it accepts connections and has the
 * database `muster`. Recovers the data of a killed server.
 *
 * @throws Error with the end of its log when it does not start
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

/**
 * Starts the server, and retries while processes of a killed server still run. If only its main process was killed, the
 * others end a moment later, and no new server can start before that.
 */
async function startUntilUp(cluster: Cluster, launch: Launch, adminUrl: string): Promise<Child> {
  const deadline = Date.now() + START_TIMEOUT_MS
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

/** Waits until the server accepts connections, and creates its database. Returns false when the server ends first. */
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

/** Requests a fast shutdown, which aborts open transactions, then an immediate one, which needs recovery at the next start. */
function stopServer(child: Child): Promise<void> {
  return stopChild(child, [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
  ])
}
