import type { Db } from '../../db/core/database.ts'
import type { ClaimedEmail } from '../../db/emails/claim-emails.ts'
import { renewLease } from '../../db/emails/outbox.ts'
import { MESSAGE_DEADLINE_MS } from './transport.ts'

/** Deadline of a message (20 s) < lease < heartbeat timeout (60 s) < start-to-close: HAZARDS.md 4. */
export const LEASE_MS = 45_000

/** The claimed e-mails that this process may still send. */
export interface Lease {
  /** True when this e-mail can be sent and finished within the lease; renews it when it may not last. */
  holds(id: string): Promise<boolean>
  /** Removes an e-mail that is sent or belongs to another claim. */
  drop(id: string): void
  /** Claimed, and neither sent nor dropped. */
  rest(): ClaimedEmail[]
}

/**
 * Watches a claim by the process's own clock. The clock starts before the claim, so the lease ends too early and never
 * too late. A process that was stopped for longer learns here that another claim has its e-mails.
 *
 * @param claimedAt `performance.now()` from before the claim
 */
export function holdLease(db: Db, claimed: ClaimedEmail[], claimedAt: number): Lease {
  const held = new Map(claimed.map((email) => [email.id, email]))
  let goodUntil = claimedAt + LEASE_MS
  let renewing: Promise<void> | null = null

  const renew = async (): Promise<void> => {
    const askedAt = performance.now()
    const mine = new Set(await renewLease(db, [...held.values()], LEASE_MS))
    for (const id of [...held.keys()]) if (!mine.has(id)) held.delete(id)
    goodUntil = askedAt + LEASE_MS
  }

  return {
    async holds(id) {
      if (performance.now() + MESSAGE_DEADLINE_MS + MARGIN_MS > goodUntil) {
        renewing ??= renew().finally(() => {
          renewing = null
        })
        await renewing
      }
      return held.has(id)
    },
    drop: (id) => void held.delete(id),
    rest: () => [...held.values()],
  }
}

/** Time to record the result of a message that used its whole deadline. */
const MARGIN_MS = 5_000
