import { Context } from '@temporalio/activity'
import { closeLetter, dueLetter } from '../../db/accounts/account-links.ts'
import { createLinkTokens } from '../../security/link-token.ts'
import type { AccountLinkRef, MailActivities } from '../types.ts'
import type { Delivery } from './delivery.ts'
import type { MailDeps } from './deps.ts'
import { mailFailure, onDatabase } from './failures.ts'
import { compose, readSender, recipientOf } from './write/compose.ts'
import { renderAccountLetter } from './write/render-account-letter.ts'

/** Sends that end with no answer. A letter that may have come three times is not sent again. */
const MAX_SENDS = 3

const HEARTBEAT_MS = 5_000

/**
 * Sends the letter of an account's link, unless the link is no longer good for anything. Every copy has the same link
 * and the same `Message-ID`; the token is derived here and forgotten here.
 *
 * Throws `MailUnreachable` when the server wants it later, also when it refuses us: a letter cannot be paused.
 */
export function createSendAccountLetter(deps: MailDeps): MailActivities['sendAccountLetter'] {
  const { db, config, transport, log } = deps
  const sender = readSender(config.MAIL_FROM, config.PUBLIC_URL)
  const { tokenFor } = createLinkTokens(config.MUSTER_SECRET, 'account')

  return async function sendAccountLetter({ linkId }: AccountLinkRef): Promise<void> {
    const context = Context.current()
    const letter = await onDatabase(() => dueLetter(db, linkId))
    if (!letter) return
    const to = recipientOf(letter.email)
    const content = renderAccountLetter({ ...letter, link: `${config.PUBLIC_URL}/accept/${tokenFor(linkId)}` })
    const id = `account-${linkId}`
    const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS)
    try {
      const delivery = to
        ? await transport.send(async () => compose({ id, date: letter.createdAt, to, content }, sender))
        : null
      mayEnd(delivery, context.info.attempt)
      if (delivery?.kind !== 'accepted') {
        log.warn({ link: linkId, outcome: delivery?.kind ?? 'invalid-address' }, 'the letter was not accepted')
      }
      await onDatabase(() => closeLetter(db, linkId))
    } finally {
      clearInterval(beat)
    }
  }
}

/** Throws what makes the workflow try again. */
function mayEnd(delivery: Delivery | null, attempt: number): void {
  if (delivery?.kind === 'unreachable') throw mailFailure(delivery)
  if (delivery?.kind === 'configuration') throw mailFailure({ ...delivery, kind: 'unreachable' })
  if (delivery?.kind === 'deferred') throw mailFailure({ kind: 'unreachable', code: 'deferred', reply: delivery.reply })
  if (delivery?.kind === 'unknown' && attempt < MAX_SENDS) {
    throw mailFailure({ kind: 'unreachable', code: 'no-answer', reply: null })
  }
}
