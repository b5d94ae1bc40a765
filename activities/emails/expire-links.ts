import { Context } from '@temporalio/activity'
import type { Db } from '../../db/core/database.ts'
import { millisecondsUntil, sweepLinks } from '../../db/emails/links.ts'
import type { Activities, ExpireLinksResult } from '../types.ts'
import { onDatabase } from './failures.ts'

/**
 * The links of a mailing run out over as long as it took to send it. A link is dead at its time whoever has swept it,
 * so the sweeps may lie this far apart; a million links otherwise wake the workflow a million times.
 */
const SWEEP_EVERY_MS = 60_000

/** Marks the links of a mailing that have run out. Can be repeated and can race with people who use their links. */
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
