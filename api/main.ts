import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { type Config, readConfig } from '../config/config.ts'
import { registerKey } from '../db/accounts/api-keys.ts'
import { createDatabase } from '../db/core/database.ts'
import { makeFirstAccount } from './accounts/auth/first-account.ts'
import { describeKey } from './accounts/key-secret.ts'
import { createApp } from './app.ts'
import { lazyTemporal } from './http/temporal.ts'
import { runDispatcher } from './imports/decide/dispatcher.ts'

/** Database connections of one API process. The worker has its own. */
const CONNECTIONS = 10

/** How long running requests may continue after SIGTERM. */
const SHUTDOWN_GRACE_MS = 10_000

/** How long a request may take to arrive: half of the age at which the sweep deletes its file as orphaned. */
const REQUEST_TIMEOUT_MS = 30 * 60_000

const config = configOrExit()
const log = pino({ level: config.LOG_LEVEL, base: { process: 'api' } })
const { db, pool } = createDatabase(config.DATABASE_URL, { connections: CONNECTIONS, name: 'muster-api' })
const temporal = lazyTemporal(config)
const stopSignal = new AbortController()
const deps = { config, db, pool, temporal: temporal.client, log, stopping: stopSignal.signal }

try {
  if (config.MUSTER_API_KEY) await registerKey(db, { name: 'operator', ...describeKey(config.MUSTER_API_KEY) })
  if (await makeFirstAccount(db, config)) log.info('created the first administrator')
} catch (error) {
  const { message } = error as Error
  exit(message.startsWith('MUSTER_') ? message : `The database cannot be used: ${message}`)
}

const server = serve({
  fetch: createApp(deps).fetch,
  port: config.PORT,
  serverOptions: { requestTimeout: REQUEST_TIMEOUT_MS },
})
server.on('listening', () => log.info({ url: config.PUBLIC_URL }, 'API is listening'))
server.on('error', (error: NodeJS.ErrnoException) => {
  exit(
    error.code === 'EADDRINUSE' ? `PORT: ${config.PORT} is already in use.` : `The API cannot listen: ${error.message}`,
  )
})
const dispatcher = runDispatcher(deps)

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))

/** Stops accepting requests, waits for running ones, then closes the connections. */
async function stop(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'API is stopping')
  stopSignal.abort()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const forceClose = () => 'closeAllConnections' in server && server.closeAllConnections()
  const timer = setTimeout(forceClose, SHUTDOWN_GRACE_MS)
  await Promise.all([closed, dispatcher.stop()])
  clearTimeout(timer)
  await temporal.close()
  await pool.end()
}

function configOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    return exit((error as Error).message)
  }
}

function exit(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
