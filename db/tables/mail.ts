import type { ColumnType, Generated } from 'kysely'
import type { TextKind } from '../../domain/emails/own-text.ts'
import type { TextLanguage } from '../../domain/texts/index.ts'

/** `activation`: a link. `password`: a generated password. `welcome`: an account whose password the person is told. */
export type EmailKind = 'activation' | 'password' | 'welcome'
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'superseded'

/** What the mail server said, or what stood in its way; shown to administrators. */
export interface DeliveryError {
  code: string
  /** The SMTP reply code, when there was one. */
  reply: number | null
  message: string
}

export interface MailingsTable {
  id: Generated<string>
  requested_by: string
  workflow_started_at: Date | null
  created_at: Generated<Date>
}

/** One activation e-mail. `Message-ID` and `Date` derive from `id` and `created_at`: the same on every attempt. */
export interface OutboxTable {
  id: Generated<string>
  mailing_id: string
  /** A user or an invitation (view `people`). */
  person_id: string
  kind: Generated<EmailKind>
  /** The administrator's address, when all e-mails of an import go there; null: the person's own. */
  deliver_to: string | null
  state: Generated<OutboxState>
  /** Personal text of the person who imports. */
  message: string | null
  /** Raised by each claim; a finish counts only `WHERE attempt = mine`. */
  attempt: Generated<number>
  /** Attempts after which nobody knows whether the server took the message. */
  ambiguous: Generated<number>
  lease_until: Date | null
  next_attempt_at: Generated<Date>
  first_attempt_at: Date | null
  sent_at: Date | null
  error: ColumnType<DeliveryError | null, string | null | undefined, string | null>
  created_at: Generated<Date>
}

/** `id` is the outbox row that carries the link. Live while used_at, ended_at and expired_at are null. */
export interface ActivationLinksTable {
  id: string
  person_id: string
  token_hash: Buffer
  issued_at: Generated<Date>
  expires_at: Date
  used_at: Date | null
  /** A newer link took its place. */
  ended_at: Date | null
  expired_at: Date | null
}

/** What an administrator wrote in place of our own words; `company_id` null: for everybody whose company wrote none. */
export interface EmailTextsTable {
  id: Generated<string>
  company_id: string | null
  kind: TextKind
  language: TextLanguage
  subject: string
  intro: string
  button: string
  updated_at: Generated<Date>
  updated_by: string
}
