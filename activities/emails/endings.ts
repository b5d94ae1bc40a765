import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/core/database.ts'
import { isPassing } from '../../db/core/transaction.ts'
import { type Ending, finishEmails } from '../../db/emails/outbox.ts'

/** Stores results of e-mails in groups. While one group is being written, the next one is collected. */
export interface Endings {
  add(ending: Ending): void
  /** Resolves when everything added so far is written, with the counts of all groups. */
  written(): Promise<{ sent: number; failed: number }>
}

/** Milliseconds before each retry. An accepted e-mail must be recorded, so a lost connection is retried within the lease. */
const RETRY_DELAYS_MS = [100, 400, 1_000, 3_000]

export function collectEndings(db: Db, linkHours: number): Endings {
  const counts = { sent: 0, failed: 0 }
  let gathered: Ending[] = []
  let writing: Promise<void> | null = null
  let lost: unknown

  const write = async (): Promise<void> => {
    while (gathered.length > 0 && lost === undefined) {
      const group = gathered
      gathered = []
      const done = await finishWithRetries(db, group, linkHours)
      counts.sent += done.sent
      counts.failed += done.failed
    }
  }

  const start = (): void => {
    writing ??= write()
      .catch((error: unknown) => {
        lost = error
      })
      .finally(() => {
        writing = null
      })
  }

  return {
    add(ending) {
      gathered.push(ending)
      start()
    },
    async written() {
      while (writing) await writing
      if (lost !== undefined) throw lost
      return counts
    },
  }
}

async function finishWithRetries(db: Db, group: Ending[], linkHours: number): ReturnType<typeof finishEmails> {
  for (const wait of RETRY_DELAYS_MS) {
    try {
      return await finishEmails(db, group, linkHours)
    } catch (error) {
      if (!isPassing(error)) throw error
      await sleep(wait)
    }
  }
  return finishEmails(db, group, linkHours)
}
