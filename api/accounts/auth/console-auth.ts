import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Config } from '../../../config/config.ts'
import { mayHaveSession } from '../../../db/accounts/accounts.ts'
import type { Db } from '../../../db/core/database.ts'
import { deriveKey } from '../../../security/derive-key.ts'
import { hashPassword, verifyPassword } from '../../../security/password.ts'

/** Seconds without a request after which a session ends. */
const IDLE_SECONDS = 12 * 3_600

/** Minimum age of a session's last extension before a request extends the session again. */
const PROLONG_SECONDS = 600

/** Seconds between the password and the second factor before the sign-in expires. */
export const SECOND_FACTOR_SECONDS = 600

export type ConsoleAuth = ReturnType<typeof createConsoleAuth>

/** The names of the two cookies. `__Host-` binds them to this host and to TLS (RFC 6265bis, section 4.1.3.2). */
export function cookieNames({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) {
  const prefix = PUBLIC_URL.startsWith('https:') ? '__Host-' : ''
  return { session: `${prefix}muster-session`, secondFactor: `${prefix}muster-second-factor` }
}

/**
 * Creates better-auth on Muster's pool and tables. Only its server calls are used. Its HTTP routes, rate limits and log
 * are off, because the API has its own. Its key is derived from MUSTER_SECRET for this use only.
 */
export function createConsoleAuth(config: Pick<Config, 'PUBLIC_URL' | 'MUSTER_SECRET'>, db: Db) {
  const names = cookieNames(config)
  const attributes = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: config.PUBLIC_URL.startsWith('https:'),
  } as const
  return betterAuth({
    appName: 'Muster',
    baseURL: config.PUBLIC_URL,
    secret: deriveKey(config.MUSTER_SECRET, 'console accounts 1').toString('hex'),
    database: { db, type: 'postgres', transaction: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // requireGoodPassword enforces the real limits. These are wider, so that they never apply.
      minPasswordLength: 1,
      maxPasswordLength: 1_024,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    ...models,
    session: { ...models.session, expiresIn: IDLE_SECONDS, updateAge: PROLONG_SECONDS },
    databaseHooks: {
      // A disabled administrator gets no session, even with the correct password.
      session: { create: { before: async ({ userId }) => mayHaveSession(db, userId) } },
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: 'muster-unused',
      cookies: {
        session_token: { name: names.session, attributes },
        two_factor: { name: names.secondFactor, attributes },
      },
      // The database generates ids. A test compares the tables with what better-auth expects, because validation at
      // each start would fail whenever the database is unavailable.
      database: { generateId: false, validateSchema: false },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      twoFactor({
        issuer: 'Muster',
        twoFactorCookieMaxAge: SECOND_FACTOR_SECONDS,
        schema: secondFactorModel,
      }),
    ],
  })
}

/** Maps the models of better-auth to Muster's tables and columns (db/tables/accounts.ts). */
const times = { createdAt: 'created_at', updatedAt: 'updated_at' }
const models = {
  user: { modelName: 'console_accounts', fields: { emailVerified: 'email_verified', ...times } },
  session: {
    modelName: 'console_sessions',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...times,
    },
  },
  account: {
    modelName: 'console_credentials',
    fields: {
      userId: 'account_id',
      providerId: 'provider_id',
      accountId: 'provider_account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...times,
    },
  },
  verification: { modelName: 'console_verifications', fields: { expiresAt: 'expires_at', ...times } },
}
const secondFactorModel = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'console_two_factors',
    fields: {
      userId: 'account_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
}
