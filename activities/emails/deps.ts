import type { Logger } from 'pino'
import type { Config } from '../../config/config.ts'
import type { Db } from '../../db/core/database.ts'
import type { MailTransport } from './transport.ts'

/** Dependencies of the mail activities. The worker creates them once and closes them last. */
export interface MailDeps {
  db: Db
  config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'PUBLIC_URL' | 'SIGN_IN_URL' | 'MUSTER_SECRET' | 'LINK_HOURS'>
  log: Logger
  transport: MailTransport
}
