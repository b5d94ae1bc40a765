import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { PartName } from '../../stack/stack-info.ts'
import type { TestStack } from '../support/servers/stack-run.ts'

const EVENTUALLY_TIMEOUT_MS = 90_000

/** Kills a part of the stack with SIGKILL and waits until its next process runs. */
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
  /** Resolves when this number of transactions waits for the lock. */
  reached(transactions: number): Promise<void>
  release(): Promise<void>
}

/** Blocks every batch before its first statement that writes to the table. */
export function holdTable(databaseUrl: string, table: 'users' | 'import_batches'): Promise<Hold> {
  return hold(databaseUrl, `LOCK TABLE ${table} IN SHARE MODE`)
}

/**
 * Blocks every batch that enrols into the course after it has written all its rows, when the database checks the foreign
 * key of the course.
 */
export function holdCourse(databaseUrl: string, title: string): Promise<Hold> {
  return hold(databaseUrl, 'SELECT FROM courses WHERE title = $1 FOR UPDATE', [title])
}

async function hold(databaseUrl: string, statement: string, values: string[] = []): Promise<Hold> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'story' })
  // The test may kill the database that this connection uses.
  client.on('error', () => undefined)
  await client.connect()
  await client.query('BEGIN')
  await client.query(statement, values)
  // pg_stat_activity does not work: a transaction keeps the snapshot of its first read.
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
  const deadline = Date.now() + EVENTUALLY_TIMEOUT_MS
  while (!(await test())) {
    if (Date.now() > deadline) throw new Error(`Timed out while waiting for ${what}.`)
    await sleep(25)
  }
}
