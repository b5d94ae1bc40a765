/** A limit on requests: `burst` at once, then one every `everyMs`. */
export interface RateLimit {
  /** Takes a token. Returns 0, or the milliseconds until the next token. */
  take(key: string): number
  /** Returns a token, for a request that does not count. */
  giveBack(key: string): void
}

/** Maximum keys in memory. An attacker with many addresses costs about a megabyte. */
const MAX_KEYS = 10_000

/**
 * Creates a token bucket for each key. Buckets belong to this process, so each further API process raises the limit.
 * The least recently used buckets are dropped first. A dropped key starts with a full bucket.
 *
 * @param now milliseconds of a monotonic clock
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

/** The part of an address that one household or office shares: an IPv4 address, or the /64 of an IPv6 address. */
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
