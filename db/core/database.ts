import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>

export interface Connections {
  db: Db
  pool: pg.Pool
}

/** Counts fit a double; a bigint that came back as a string would be added as one. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/**
 * Opens a pool on `url`. Nothing is connected before the first query.
 *
 * @param options.connections most connections at once; activity slots must stay below it
 * @param options.name shown in `pg_stat_activity`
 */
export function createDatabase(url: string, options: { connections: number; name?: string }): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    application_name: options.name ?? 'muster',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // A process that was stopped in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
  })
  // An idle connection that the server drops is replaced by the next query; unheard, the event would end the process.
  pool.on('error', () => undefined)
  // So would the event of a connection that is lost within a transaction; its query fails, and tells whoever asked.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool }
}
