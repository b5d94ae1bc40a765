import { Unreachable, UsageError } from './errors.ts'
import type { Stack } from './find-stack.ts'

/** The API to call and the key to call it with. */
export interface Target {
  /** Without a trailing slash. */
  url: string
  key: string
  /** Where the URL comes from, in words, for the error when the API cannot be reached. */
  source: string
}

/**
 * Chooses the URL and the key: flags first, then `MUSTER_URL` and `MUSTER_API_KEY`, then the stack on this machine. The
 * stack's key is used only for the stack's own URL and is never sent elsewhere.
 *
 * @throws Unreachable when there is no URL, UsageError for any other mistake; the message never contains a key, or a
 * password from a URL
 */
export function chooseTarget(
  flags: { api?: string | undefined; key?: string | undefined },
  env: NodeJS.ProcessEnv,
  stack: Stack | null,
): Target {
  const given = flags.api ?? (env.MUSTER_URL || undefined)
  const url = given ?? stack?.api
  if (url === undefined) {
    throw new Unreachable(
      'No Muster runs on this machine. Start one with npm start, or name one with --api (or MUSTER_URL) and --key (or MUSTER_API_KEY).',
    )
  }
  const address = parseAddress(url)
  const atStack = stack !== null && parseAddress(stack.api) === address
  const key = flags.key ?? (env.MUSTER_API_KEY || undefined) ?? (atStack ? stack.apiKey : undefined)
  if (key === undefined) throw new UsageError(`An API key is needed for ${address}: set MUSTER_API_KEY, or give --key.`)
  // An HTTP header takes visible ASCII only. For other characters, the runtime's own error would quote the key.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new UsageError('The API key holds spaces or characters that no key has.')
  const from = flags.api !== undefined ? '--api' : given !== undefined ? 'MUSTER_URL' : stack?.path
  return { url: address, key, source: from ?? '' }
}

function parseAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError('The API address must start with http:// or https://.')
  }
  if (url.username || url.password) throw new UsageError('The API address must not hold a user name or password.')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
