import { Context } from '@temporalio/activity'
import type { Db } from '../../db/core/database.ts'
import { millisecondsUntil, sweepLinks } from '../../db/emails/links.ts'
import type { Activities, ExpireLinksResult } from '../types.ts'
import { onDatabase } from './failures.ts'

/**
 * Shortest time between two sweeps. The links of a mailing expire over as long as it took to send it, and a million links
 * would otherwise wake the workflow a million times. A link is refused once it expires, with or without a sweep.
 */
const SWEEP_EVERY_MS = 60_000

/** Marks the expired links of a mailing. It can be repeated, and can run while users open their links. */
export function createExpireLinks(deps: { db: Db }): Activities['expireLinks'] {
  return async function expireLinks({ mailingId }): Promise<ExpireLinksResult> {
    return onDatabase(async () => {
      let expired = 0
      let nextAt: Date | null = null
      let after: string | null = null
      do {
        const sweep = await sweepLinks(deps.db, mailingId, after)
        expired += sweep.expired
        if (sweep.nextAt && (nextAt === null || sweep.nextAt < nextAt)) nextAt = sweep.nextAt
        after = sweep.after
        Context.current().heartbeat({ expired })
      } while (after !== null)
      return { expired, nextInMs: nextAt && Math.max(SWEEP_EVERY_MS, await millisecondsUntil(deps.db, nextAt)) }
    })
  }
}
