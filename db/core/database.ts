import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>

export interface Connections {
  db: Db
  pool: pg.Pool
}

/** Reads bigint as a number. Counts fit a double, and as strings they would be concatenated instead of added. */
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
    // Ends the transaction of a stopped process, so that it does not hold its locks forever.
    idle_in_transaction_session_timeout: 60_000,
  })
  // The next query replaces an idle connection that the server dropped. Without a listener the event would end the process.
  pool.on('error', () => undefined)
  // The same for a connection that is lost within a transaction. Its query rejects, so the caller sees the error.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool }
}
