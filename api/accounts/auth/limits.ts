import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { AppEnv } from '../../http/deps.ts'
import { ApiProblem } from '../../http/problems.ts'
import { addressPrefix, createRateLimit, type RateLimit } from '../../http/rate-limit.ts'

/** An office behind one address, or everybody behind one proxy. */
const PER_ADDRESS = { burst: 60, everyMs: 1_000 }

/** One account, from wherever: a thousand and a half tries a day, and those who know their password are let in. */
const PER_ACCOUNT = { burst: 10, everyMs: 60_000 }

/** Limits on everything that takes a password, a code or a link. Each process counts for itself. */
export interface Limits {
  /** One request of an address. @throws ApiProblem 429 */
  address(c: Context<AppEnv>): void
  /** One try at an account's password or code; the answer to it comes back. @throws ApiProblem 429 */
  account(key: string): void
  /** It was the right one: whoever signs in often is not locked out. */
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
    `Too many tries: wait ${seconds} s.`,
    {},
    {
      'Retry-After': String(seconds),
    },
  )
}

/** Who asks, for limits only. Headers about it can be made up by anybody. */
function visitor(c: Context<AppEnv>): string {
  try {
    return addressPrefix(getConnInfo(c).remote.address)
  } catch {
    return 'unknown'
  }
}
