import { ActivityFailure, continueAsNew, isCancellation, setCurrentDetails, sleep } from '@temporalio/workflow'
import { BATCHES_PER_RUN } from '../../domain/imports/limits.ts'
import { openWindow } from '../phases/leave-behind.ts'
import { deliver } from './deliver.ts'

/** How often a mailing is tried again after the mail server refused altogether; nobody watches it as an import. */
const TRY_AGAIN = '10 minutes'

/**
 * Sends the activation e-mails that somebody asked for outside an import: one person's, or many at once.
 *
 * Guarantees: each e-mail is accepted by the server or recorded as failed; a server that is away or refuses the
 * sign-in is asked again every ten minutes until somebody has mended it or terminates this workflow.
 * History: six events for each claim; it continues as new like an import.
 */
export async function deliverMailing(mailingId: string): Promise<void> {
  const run = { cancelled: false }
  const done = await deliver(mailingId, BATCHES_PER_RUN, {
    run,
    attempt: async (send) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await send()
        } catch (error) {
          if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
          setCurrentDetails(`Waits: the mail server refuses to work for Muster (attempt ${attempt}).`)
          await sleep(TRY_AGAIN, { summary: 'Until the mail server is tried again' })
        }
      }
    },
    delivered: ({ sent, failed }) => setCurrentDetails(`Sent ${sent} · failed ${failed}`),
  })
  if (!done) await continueAsNew<typeof deliverMailing>(mailingId)
  await openWindow(mailingId)
}
