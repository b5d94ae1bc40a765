import { Context } from '@temporalio/activity'
import { inTransaction } from '../../db/core/transaction.ts'
import { type ClaimedEmail, claimEmails } from '../../db/emails/claim-emails.ts'
import { type Ending, mailingStanding } from '../../db/emails/outbox.ts'
import type { DeliveryError } from '../../db/tables/mail.ts'
import type { MailActivities, SendEmailsInput, SendEmailsResult } from '../types.ts'
import { cleanFaultWords, cleanWords, type Delivery } from './delivery.ts'
import type { MailDeps } from './deps.ts'
import { collectEndings } from './endings.ts'
import { type Fault, mailFailure, onDatabase } from './failures.ts'
import { holdLease, LEASE_MS } from './lease.ts'
import { recipientOf } from './write/compose.ts'
import { createLetters, type Letters } from './write/letters.ts'

/** Well below start-to-close (5 min). E-mails that are unsent by then are released and do not time out. */
const BUDGET_MS = 4 * 60_000

/** Delay when the server fails after it has accepted some e-mails. Those that met the failure go last. */
const PAUSE_MS = 5_000
const FAULT_MS = 60_000

const HEARTBEAT_MS = 5_000

/**
 * Sends one claim of a mailing's e-mails. Each e-mail gets at least one copy or a recorded reason, and at most one extra
 * copy for each attempt without an answer (HAZARDS.md 2). Every copy has the same `Message-ID`, `Date`, and link or
 * password. Links and passwords are derived here and stored nowhere, except for the hash of a password.
 *
 * Throws `MailUnreachable` or `MailConfiguration` when the server accepts nothing, and no e-mail loses an attempt. When
 * the server accepts some first, those are reported, and the next claim throws for the others.
 */
export function createSendEmails(deps: MailDeps): MailActivities['sendEmails'] {
  const { db, config, transport } = deps
  const letters = createLetters(config)

  const claim = (input: SendEmailsInput): Promise<ClaimedEmail[]> =>
    onDatabase(() =>
      inTransaction(db, (trx) =>
        claimEmails(trx, {
          ...input,
          leaseMs: LEASE_MS,
          linkHours: config.LINK_HOURS,
          tokenHash: letters.tokenHash,
        }),
      ),
    )

  return async function sendEmails(input: SendEmailsInput): Promise<SendEmailsResult> {
    const context = Context.current()
    const startedAt = performance.now()
    const claimed = await claim(input)
    const lease = holdLease(db, claimed, startedAt)
    const endings = collectEndings(db, config.LINK_HOURS)
    const faults: { email: ClaimedEmail; fault: Fault }[] = []
    let answered = 0

    const mayContinue = (): boolean =>
      faults.length === 0 && !context.cancellationSignal.aborted && performance.now() - startedAt < BUDGET_MS

    const send = async (email: ClaimedEmail): Promise<void> => {
      const to = recipientOf(email.deliverTo ?? email.email)
      const delivery = to
        ? await transport.send(async () =>
            mayContinue() && (await lease.holds(email.id)) ? letters.write(email, to) : null,
          )
        : ({ kind: 'refused', reply: 0, words: '' } as const)
      if (delivery === null) return
      lease.drop(email.id)
      if (delivery.kind === 'unreachable' || delivery.kind === 'configuration') {
        faults.push({ email, fault: delivery })
        return
      }
      answered++
      endings.add(endingOf(email, delivery, letters))
    }

    // When nothing was accepted, the retries of this activity measure the outage, so the e-mails must be due.
    const giveBack = (): void => {
      const delay = (ms: number): number => (faults.length > 0 && answered > 0 ? ms : 0)
      for (const { email, fault } of faults) {
        endings.add({ ...released(email, delay(FAULT_MS)), error: faultError(email, fault, config.SMTP_URL) })
      }
      for (const email of lease.rest()) endings.add(released(email, delay(PAUSE_MS)))
    }

    const queue = claimed.values()
    const lane = async (): Promise<void> => {
      for (const email of queue) if (mayContinue()) await send(email)
    }

    const beat = setInterval(() => context.heartbeat({ claimed: claimed.length, answered }), HEARTBEAT_MS)
    try {
      // All lanes end before an error is thrown. A lane that continued alone would send without a lease.
      const lanes = await Promise.allSettled(Array.from({ length: transport.connections }, lane))
      giveBack()
      const counts = await onDatabase(() => endings.written())
      if (context.cancellationSignal.aborted) await context.cancelled
      await onDatabase(async () => rethrow(lanes))
      const fault = worstOf(faults.map((met) => met.fault))
      if (fault) {
        const { kind, code, reply } = fault
        deps.log.warn({ mailing: input.mailingId, answered, kind, code, reply }, 'mail server fault')
      }
      if (fault && answered === 0) throw mailFailure(fault)
      return { ...counts, ...(await onDatabase(() => mailingStanding(db, input.mailingId))) }
    } finally {
      clearInterval(beat)
    }
  }
}

const worstOf = (faults: Fault[]): Fault | undefined => faults.find(({ kind }) => kind === 'configuration') ?? faults[0]

function rethrow(results: PromiseSettledResult<void>[]): void {
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

const released = ({ id, attempt }: ClaimedEmail, delayMs: number): Ending => ({
  id,
  attempt,
  outcome: 'released',
  error: null,
  delayMs,
})

/** Why nothing can be sent. It is stored with an e-mail, so the administrator who fixes it can read the server's words. */
function faultError(email: ClaimedEmail, { kind, code, reply, words }: Fault, smtpUrl: string): DeliveryError {
  const said = cleanFaultWords(words, smtpUrl, ...addressesOf(email))
  return { code: kind, reply, message: said || `No answer (${code}).` }
}

const addressesOf = ({ email, deliverTo }: ClaimedEmail): string[] => [email, deliverTo ?? email]

/** What is stored about an e-mail. An administrator can read it, and it contains no address. */
function endingOf(email: ClaimedEmail, delivery: Exclude<Delivery, Fault>, letters: Letters): Ending {
  const { id, attempt } = email
  switch (delivery.kind) {
    case 'accepted':
      return { id, attempt, outcome: 'sent', error: null, passwordHash: letters.passwordHash(email) }
    case 'refused': {
      const message =
        cleanWords(delivery.words, ...addressesOf(email)) || 'The stored address is not one that can be mailed.'
      const error = delivery.reply
        ? { code: 'refused', reply: delivery.reply, message }
        : { code: 'invalid-address', reply: null, message }
      return { id, attempt, outcome: 'failed', error }
    }
    case 'deferred': {
      const error = {
        code: 'deferred',
        reply: delivery.reply,
        message: cleanWords(delivery.words, ...addressesOf(email)),
      }
      return { id, attempt, outcome: 'deferred', error }
    }
    case 'unknown': {
      const message = 'The mail server was given the message and did not answer. It may have been delivered.'
      return { id, attempt, outcome: 'unknown', error: { code: 'no-answer', reply: null, message } }
    }
  }
}
