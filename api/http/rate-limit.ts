/** Tokens that refill over time: `burst` requests at once, then one every `everyMs`. */
export interface RateLimit {
  /** Takes a token. Returns 0, or how many milliseconds to wait for one. */
  take(key: string): number
  /** Gives a token back that turned out not to count. */
  giveBack(key: string): void
}

/** Keys remembered: an attacker with many addresses costs a megabyte, not the process. */
const MAX_KEYS = 10_000

/**
 * A token bucket per key, in this process: several API processes allow that many times as much. The buckets least
 * lately used are forgotten first, which at worst gives somebody a fresh bucket.
 *
 * @param now milliseconds of a clock that does not go back
 */
export function createRateLimit(
  burst: number,
  everyMs: number,
  now: () => number = () => performance.now(),
): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(key) {
      const time = now()
      const bucket = buckets.get(key) ?? { tokens: burst, at: time }
      const tokens = Math.min(burst, bucket.tokens + (time - bucket.at) / everyMs)
      const allowed = tokens >= 1
      buckets.delete(key)
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: time })
      if (buckets.size > MAX_KEYS) forgetOldest(buckets)
      return allowed ? 0 : Math.ceil((1 - tokens) * everyMs)
    },
    giveBack(key) {
      const bucket = buckets.get(key)
      if (bucket) bucket.tokens = Math.min(burst, bucket.tokens + 1)
    },
  }
}

function forgetOldest(buckets: Map<string, unknown>): void {
  const oldest = buckets.keys().next()
  if (!oldest.done) buckets.delete(oldest.value)
}

/** What one household or office shares: an IPv4 address, or the /64 of an IPv6 address. */
export function addressPrefix(address: string | undefined): string {
  if (!address) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4).join(':')
}
