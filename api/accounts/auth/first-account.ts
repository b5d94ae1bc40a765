import type { Config } from '../../../config/config.ts'
import { anyAccount, insertFirstAccount } from '../../../db/accounts/accounts.ts'
import type { Db } from '../../../db/core/database.ts'
import { inTransactionWithRetries } from '../../../db/core/retries.ts'
import { parseEmail } from '../../../domain/people/email.ts'
import { hashPassword } from '../../../security/password.ts'
import { ApiProblem } from '../../http/problems.ts'
import { requireGoodPassword } from './new-password.ts'

const NAME = 'Administrator'

/**
 * Creates the first administrator, for the whole platform, from the configuration. Once an administrator exists, the
 * configuration has no effect, so that a changed password stays changed.
 *
 * @returns whether it created the administrator
 * @throws Error that names the invalid variable
 */
export async function makeFirstAccount(
  db: Db,
  { MUSTER_ADMIN_EMAIL, MUSTER_ADMIN_PASSWORD }: Pick<Config, 'MUSTER_ADMIN_EMAIL' | 'MUSTER_ADMIN_PASSWORD'>,
): Promise<boolean> {
  if (MUSTER_ADMIN_EMAIL === undefined || MUSTER_ADMIN_PASSWORD === undefined || (await anyAccount(db))) return false
  const email = parseEmail(MUSTER_ADMIN_EMAIL)?.key
  if (email === undefined) throw new Error('MUSTER_ADMIN_EMAIL: expected one e-mail address.')
  checkPassword(MUSTER_ADMIN_PASSWORD, email)
  const hash = await hashPassword(MUSTER_ADMIN_PASSWORD)
  const account = { name: NAME, email, role: 'platform', companies: null } as const
  return inTransactionWithRetries(db, (trx) => insertFirstAccount(trx, account, hash))
}

function checkPassword(password: string, email: string): void {
  try {
    requireGoodPassword(password, { name: NAME, email })
  } catch (error) {
    throw error instanceof ApiProblem ? new Error(`MUSTER_ADMIN_PASSWORD: ${error.message}`) : error
  }
}
