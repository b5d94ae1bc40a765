import { Context } from '@temporalio/activity'
import { closeReport, type DueReport, dueReport } from '../../db/emails/reports.ts'
import type { CheckRef, MailActivities } from '../types.ts'
import type { Delivery } from './delivery.ts'
import type { MailDeps } from './deps.ts'
import { mailFailure, onDatabase } from './failures.ts'
import { compose, readSender, recipientOf } from './write/compose.ts'
import { renderReport } from './write/render-report.ts'

/** Most attempts that end without an answer. A report that may have arrived three times is not sent again. */
const MAX_SENDS = 3

const HEARTBEAT_MS = 5_000

/**
 * Sends the report of an import to its contact. A report that was accepted, or rejected permanently, is not sent again,
 * and repeated copies carry the same `Message-ID`. It does not use the outbox, because a rejected import has none.
 *
 * Throws `MailUnreachable` when the server asks for a retry, and `MailConfiguration` when the settings do not work.
 */
export function createSendReport(deps: MailDeps): MailActivities['sendReport'] {
  const { db, config, transport, log } = deps
  const sender = readSender(config.MAIL_FROM, config.PUBLIC_URL)

  const deliver = async (about: CheckRef, report: DueReport, to: string): Promise<Delivery | null> => {
    const link = `${config.PUBLIC_URL}/imports/${about.importId}`
    const { status, file, reason, finishedAt, contact: _, ...counts } = report
    const content = renderReport({ language: 'en', status, file, reason, counts, link })
    return transport.send(async () => compose({ id: messageId(about), date: finishedAt, to, content }, sender))
  }

  return async function sendReport({ importId, check }: CheckRef): Promise<void> {
    const context = Context.current()
    const report = await onDatabase(() => dueReport(db, importId, check))
    if (!report) return
    const to = recipientOf(report.contact)
    const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS)
    try {
      const delivery = to ? await deliver({ importId, check }, report, to) : null
      mayEnd(delivery, context.info.attempt)
      if (delivery?.kind !== 'accepted') {
        log.warn({ import: importId, outcome: delivery?.kind ?? 'invalid-address' }, 'the report was not accepted')
      }
      await onDatabase(() => closeReport(db, importId, check))
    } finally {
      clearInterval(beat)
    }
  }
}

/** Each check has a report of its own, because mail servers drop a second message with the same `Message-ID`. */
function messageId({ importId, check }: CheckRef): string {
  return check === 1 ? `report-${importId}` : `report-${importId}-${check}`
}

/** Throws the failure that makes the workflow retry. */
function mayEnd(delivery: Delivery | null, attempt: number): void {
  if (delivery?.kind === 'unreachable' || delivery?.kind === 'configuration') throw mailFailure(delivery)
  if (delivery?.kind === 'deferred') throw mailFailure({ kind: 'unreachable', code: 'deferred', reply: delivery.reply })
  if (delivery?.kind === 'unknown' && attempt < MAX_SENDS) {
    throw mailFailure({ kind: 'unreachable', code: 'no-answer', reply: null })
  }
}
