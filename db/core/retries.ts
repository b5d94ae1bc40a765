import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, Trx } from './database.ts'
import { inTransaction, isPassing } from './transaction.ts'

/** Deadlocks and serialisation failures pass at once; a lost connection gets a moment to come back. */
const WAITS_MS = [10, 200]

/** Runs `work` in a transaction, again when the fault was one that passes. For requests; activities have Temporal. */
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
