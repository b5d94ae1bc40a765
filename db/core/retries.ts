import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, Trx } from './database.ts'
import { inTransaction, isPassing } from './transaction.ts'

/** Deadlocks and serialisation failures need no wait. A lost connection needs a moment to return. */
const WAITS_MS = [10, 200]

/** Runs `work` in a transaction, and retries a temporary failure. For requests; Temporal retries activities. */
export async function inTransactionWithRetries<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await inTransaction(db, work)
    } catch (error) {
      if (!isPassing(error)) throw error
      await sleep(wait)
    }
  }
  return inTransaction(db, work)
}
