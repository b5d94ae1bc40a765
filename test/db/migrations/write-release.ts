/**
 * Writes `released-VERSION.sql`: the schema of this checkout, by the statements of its own migrations, with a little
 * data in every table. Run it once for each release, before the tag:
 *
 *   npx tsx test/db/migrations/write-release.ts 0.2.0
 *
 * The text is fixed from then on. `upgrade.test.ts` upgrades a database made from it with every later schema.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, Migrator, PostgresDialect } from 'kysely'
import pg from 'pg'
import { createDatabase } from '../../../db/core/database.ts'
import { migrations } from '../../../db/migrate.ts'
import { startPostgres } from '../../../stack/postgres/postgres.ts'

const [version] = process.argv.slice(2)
if (!version) throw new Error('Name the release: npx tsx test/db/migrations/write-release.ts VERSION')

const dataDir = await mkdtemp(join(tmpdir(), 'muster-release-'))
const server = await startPostgres({ dataDir, fast: true })
const { pool } = createDatabase(server.url, { connections: 2 })
try {
  const schema = await migrate(pool)
  await pool.query(await readFile(join(import.meta.dirname, 'sample-data.sql'), 'utf8'))
  const text = [
    `-- Muster ${version}, written by write-release.ts. Do not edit.`,
    ...schema,
    ...(await dataOf(pool)),
    '',
  ]
  await writeFile(join(import.meta.dirname, `released-${version}.sql`), text.join('\n'), { flag: 'wx' })
} finally {
  await pool.end()
  await server.stop()
  for (const folder of [server.cluster, dataDir]) await rm(folder, { recursive: true, force: true })
}

/** Migrates, and returns the statements that created something. */
async function migrate(pool: pg.Pool): Promise<string[]> {
  const made: string[] = []
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      if (/^\s*(create|alter)\b/i.test(query.sql)) made.push(`${query.sql.trim()};`)
    },
  })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  if (error) throw error
  return made
}

/** Writes each row of every table as a JSON object. Triggers and foreign keys are off, because the rows are complete. */
async function dataOf(pool: pg.Pool): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  )
  const inserts: string[] = []
  for (const { name } of tables) {
    const table = pg.escapeIdentifier(name)
    const { rows } = await pool.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`)
    const json = pg.escapeLiteral(`[\n${rows.map(({ row }) => row).join(',\n')}\n]`).trim()
    inserts.push(
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE`,
      `  SELECT * FROM jsonb_populate_recordset(NULL::${table}, ${json});`,
    )
  }
  const { rows: sequences } = await pool.query<{ statement: string }>(
    "SELECT format('SELECT setval(%L, %s);', sequencename, last_value) AS statement FROM pg_sequences ORDER BY 1",
  )
  return [
    'SET session_replication_role = replica;',
    ...inserts,
    'RESET session_replication_role;',
    ...sequences.map(({ statement }) => statement),
  ]
}
