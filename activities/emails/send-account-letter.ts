import { Context } from '@temporalio/activity'
import { closeLetter, dueLetter } from '../../db/accounts/account-links.ts'
import { createLinkTokens } from '../../security/link-token.ts'
import type { AccountLinkRef, MailActivities } from '../types.ts'
import type { Delivery } from './delivery.ts'
import type { MailDeps } from './deps.ts'
import { mailFailure, onDatabase } from './failures.ts'
import { compose, readSender, recipientOf } from './write/compose.ts'
import { renderAccountLetter } from './write/render-account-letter.ts'

/** Most attempts that end without an answer. An e-mail that may have arrived three times is not sent again. */
const MAX_SENDS = 3

const HEARTBEAT_MS = 5_000

/**
 * Sends the e-mail with an administrator's link, unless the link no longer works. Every copy has the same link and
 * `Message-ID`. The token is derived here and stored nowhere.
 *
 * Throws `MailUnreachable` for every retry, also when the settings do not work, because this workflow cannot pause.
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
        log.warn({ link: linkId, outcome: delivery?.kind ?? 'invalid-address' }, 'account e-mail not accepted')
      }
      await onDatabase(() => closeLetter(db, linkId))
    } finally {
      clearInterval(beat)
    }
  }
}

/** Throws the failure that makes the workflow retry. */
function mayEnd(delivery: Delivery | null, attempt: number): void {
  if (delivery?.kind === 'unreachable') throw mailFailure(delivery)
  if (delivery?.kind === 'configuration') throw mailFailure({ ...delivery, kind: 'unreachable' })
  if (delivery?.kind === 'deferred') throw mailFailure({ kind: 'unreachable', code: 'deferred', reply: delivery.reply })
  if (delivery?.kind === 'unknown' && attempt < MAX_SENDS) {
    throw mailFailure({ kind: 'unreachable', code: 'no-answer', reply: null })
  }
}
