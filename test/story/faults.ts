import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { PartName } from '../../stack/stack-info.ts'
import type { TestStack } from '../support/stack-run.ts'

const PATIENCE_MS = 90_000

/** Kills a part, which gets no chance to tidy up, and waits until its next process is there. */
export async function kill(stack: TestStack, part: PartName): Promise<void> {
  const before = (await stack.read()).pids[part]
  if (before === null) throw new Error(`This stack has no ${part} of its own.`)
  process.kill(before, 'SIGKILL')
  await eventually(`a new process of ${part}`, async () => {
    const now = (await stack.read()).pids[part]
    return now !== null && now !== before
  })
}

export interface Hold {
  /** Resolves when so many transactions wait for this one. */
  reached(transactions: number): Promise<void>
  release(): Promise<void>
}

/** Makes every batch wait before its first statement that writes to the table. */
export function holdTable(databaseUrl: string, table: 'users' | 'import_batches'): Promise<Hold> {
  return hold(databaseUrl, `LOCK TABLE ${table} IN SHARE MODE`)
}

/**
 * Makes every batch wait that enrols into the course, when it has written all its rows: the database then makes sure
 * that the course is there.
 */
export function holdCourse(databaseUrl: string, title: string): Promise<Hold> {
  return hold(databaseUrl, 'SELECT FROM courses WHERE title = $1 FOR UPDATE', [title])
}

async function hold(databaseUrl: string, statement: string, values: string[] = []): Promise<Hold> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'story' })
  // The database that it holds may be killed.
  client.on('error', () => undefined)
  await client.connect()
  await client.query('BEGIN')
  await client.query(statement, values)
  // Not from pg_stat_activity: a transaction sees that as it was when it first looked.
  const waiting = `SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`
  return {
    reached: (transactions) =>
      eventually(`${transactions} waiting transactions`, async () => {
        const { rowCount } = await client.query(waiting)
        return (rowCount ?? 0) >= transactions
      }),
    release: () => client.end().catch(() => undefined),
  }
}

export async function eventually(what: string, test: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await test())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`)
    await sleep(25)
  }
}
