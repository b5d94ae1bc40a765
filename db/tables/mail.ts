import type { ColumnType, Generated } from 'kysely'
import type { TextKind } from '../../domain/emails/own-text.ts'
import type { TextLanguage } from '../../domain/texts/index.ts'

/** `activation`: a link. `password`: a generated password. `welcome`: an account whose password the user gets elsewhere. */
export type EmailKind = 'activation' | 'password' | 'welcome'
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'superseded'

/** The mail server's response, or why it could not be reached. Shown to administrators. */
export interface DeliveryError {
  code: string
  /** The SMTP reply code, if the server sent one. */
  reply: number | null
  message: string
}

export interface MailingsTable {
  id: Generated<string>
  requested_by: string
  workflow_started_at: Date | null
  created_at: Generated<Date>
}

/** One activation e-mail. `Message-ID` and `Date` derive from `id` and `created_at`, so they are the same on every attempt. */
export interface OutboxTable {
  id: Generated<string>
  mailing_id: string
  /** A user or an invitation (view `people`). */
  person_id: string
  kind: Generated<EmailKind>
  /** The administrator's address, if all e-mails of an import go there; null: the recipient's own. */
  deliver_to: string | null
  state: Generated<OutboxState>
  /** Personal text of the administrator who imports. */
  message: string | null
  /** Raised by each claim. An ending is recorded only for the current number. */
  attempt: Generated<number>
  /** Attempts that may have delivered the e-mail. */
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
  /** A newer link replaced it. */
  ended_at: Date | null
  expired_at: Date | null
}

/** A text that replaces Muster's own. `company_id` null: for companies without a text of their own. */
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
