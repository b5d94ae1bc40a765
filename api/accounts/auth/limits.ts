import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { AppEnv } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { addressPrefix, createRateLimit, type RateLimit } from '../../http/rate-limit.ts'

/** Generous, because a whole office can share one address and all visitors can share one proxy. */
const PER_ADDRESS = { burst: 60, everyMs: 1_000 }

/** For one account from any address: about 1,450 attempts a day. A correct password does not count. */
const PER_ACCOUNT = { burst: 10, everyMs: 60_000 }

/** Limits on requests with a password, a code or a link. Each process counts its own requests. */
export interface Limits {
  /** Counts a request of an IP address. @throws ApiProblem 429 */
  address(c: Context<AppEnv>): void
  /** Counts an attempt at the password or code of an account. @throws ApiProblem 429 */
  account(key: string): void
  /** Takes a successful attempt off the count, so that frequent sign-ins do not lock an administrator out. */
  succeeded(key: string): void
}

export function createLimits(): Limits {
  const addresses = createRateLimit(PER_ADDRESS.burst, PER_ADDRESS.everyMs)
  const accounts = createRateLimit(PER_ACCOUNT.burst, PER_ACCOUNT.everyMs)
  return {
    address: (c) => take(addresses, visitor(c)),
    account: (key) => take(accounts, key),
    succeeded: (key) => accounts.giveBack(key),
  }
}

function take(limit: RateLimit, key: string): void {
  const wait = limit.take(key)
  if (wait === 0) return
  const seconds = Math.ceil(wait / 1_000)
  throw new ApiProblem(
    'rate-limited',
    `Too many attempts. Wait ${seconds} s.`,
    {},
    {
      'Retry-After': String(seconds),
    },
  )
}

/** The network of a visitor. It comes from the connection, because a client can forge headers. */
function visitor(c: Context<AppEnv>): string {
  try {
    return addressPrefix(getConnInfo(c).remote.address)
  } catch {
    return 'unknown'
  }
}
