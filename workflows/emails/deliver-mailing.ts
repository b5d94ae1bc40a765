import { ActivityFailure, continueAsNew, isCancellation, setCurrentDetails, sleep } from '@temporalio/workflow'
import { BATCHES_PER_RUN } from '../../domain/imports/limits.ts'
import { openWindow } from '../phases/leave-behind.ts'
import { deliver } from './deliver.ts'

/** Time between retries while the mail settings do not work. A mailing cannot pause as an import can. */
const RETRY_INTERVAL = '10 minutes'

/**
 * Sends the activation e-mails that an administrator requested outside an import, for one user or many.
 *
 * Guarantees: the server accepts each e-mail, or it is recorded as failed. When the server cannot be reached or rejects
 * the sign-in, the workflow retries every ten minutes until an administrator fixes the cause or terminates it.
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
          setCurrentDetails(`Waits: the mail server does not accept e-mails (attempt ${attempt}).`)
          await sleep(RETRY_INTERVAL, { summary: 'Until the next attempt' })
        }
      }
    },
    delivered: ({ sent, failed }) => setCurrentDetails(`Sent ${sent} · failed ${failed}`),
  })
  if (!done) await continueAsNew<typeof deliverMailing>(mailingId)
  await openWindow(mailingId)
}
