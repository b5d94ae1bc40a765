import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'

/** The empty database with the newest schema. Each test file gets a copy of it. */
export const TEMPLATE = 'muster_template'

/** PostgreSQL copies a template only while it has no connection. One copy at a time is fastest. */
const COPY_LOCK = 7_466_001

/** The server ends a connection a moment after the client has closed it. */
const CLOSING_MS = 5000

export interface FreshDatabase {
  url: string
  /**
   * Drops the database.
   *
   * @throws when a connection is open because the test file, or the code under test, did not close a pool
   */
  drop(): Promise<void>
}

/** Makes a database for one test file, with the newest schema. From `template0` it is empty. */
export async function freshDatabase(template = TEMPLATE): Promise<FreshDatabase> {
  const name = `muster_${randomBytes(8).toString('hex')}`
  await asAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [COPY_LOCK])
    await admin.query(`create database ${name} template ${template}`)
  })
  const url = new URL(adminUrl())
  url.pathname = name
  return { url: url.href, drop: () => asAdmin((admin) => dropUnused(admin, name)) }
}

function adminUrl(): string {
  const url = inject('postgresAdminUrl')
  if (!url) throw new Error('No Postgres was started for this file: see WITH_POSTGRES in test/global-setup.ts.')
  return url
}

async function asAdmin<Result>(work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
  const admin = new pg.Client({ connectionString: adminUrl() })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

async function dropUnused(admin: pg.Client, name: string): Promise<void> {
  const deadline = Date.now() + CLOSING_MS
  let open = await connected(admin, name)
  while (open.length > 0 && Date.now() < deadline) {
    await sleep(50)
    open = await connected(admin, name)
  }
  await admin.query(`drop database if exists ${name} with (force)`)
  if (open.length > 0) throw new Error(`${open.length} connections were left open, by: ${open.join(', ')}.`)
}

async function connected(admin: pg.Client, name: string): Promise<string[]> {
  const { rows } = await admin.query<{ application_name: string }>(
    "select application_name from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
    [name],
  )
  return rows.map((row) => row.application_name || 'unnamed')
}
