import type { ClaimedEmail } from '../../../db/emails/claim-emails.ts'
import { type PersonalMail, renderEmail } from '../../../domain/emails/render-email.ts'
import { createGeneratedPasswords, hashGenerated } from '../../../security/generated-password.ts'
import { createLinkTokens, hashToken } from '../../../security/link-token.ts'
import type { MailDeps } from '../deps.ts'
import type { OutgoingMessage } from '../transport.ts'
import { compose, readSender } from './compose.ts'

/** Turns claimed e-mails into messages. Their secrets are derived from their ids and stored nowhere. */
export interface Letters {
  /** SHA-256 of the token in an e-mail's link. */
  tokenHash(outboxId: string): Buffer
  /** The same bytes for the same e-mail. */
  write(email: ClaimedEmail, to: string): OutgoingMessage
  /** The hash of the password in an e-mail; null where it carries none. */
  passwordHash(email: ClaimedEmail): string | null
}

/** @throws Error when MAIL_FROM does not name exactly one mailbox */
export function createLetters(config: MailDeps['config']): Letters {
  const sender = readSender(config.MAIL_FROM, config.PUBLIC_URL)
  const tokens = createLinkTokens(config.MUSTER_SECRET)
  const passwords = createGeneratedPasswords(config.MUSTER_SECRET)

  const complete = (email: ClaimedEmail): PersonalMail => {
    const { PUBLIC_URL, SIGN_IN_URL: signIn } = config
    if (email.kind === 'activation') return { ...email, link: `${PUBLIC_URL}/activate/${tokens.tokenFor(email.id)}` }
    if (email.kind === 'welcome') return { ...email, signIn }
    return { ...email, password: passwords.passwordFor(email.id), signIn }
  }

  return {
    tokenHash: (id) => hashToken(tokens.tokenFor(id)),
    write: (email, to) =>
      compose({ id: email.id, date: email.createdAt, to, content: renderEmail(complete(email)) }, sender),
    passwordHash: ({ kind, id }) => (kind === 'password' ? hashGenerated(passwords.passwordFor(id), id) : null),
  }
}
