import type { Client } from './client.ts'
import { UsageError } from './errors.ts'

/** Items that the API returns in one page. */
const PAGE = 100

/** Follows the cursor of a list up to a number of items. */
export async function pages<T>(
  client: Client,
  path: string,
  filter: Record<string, string>,
  limit: number,
  signal: AbortSignal,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = ''
  while (cursor !== null && items.length < limit) {
    const query = new URLSearchParams({ ...filter, limit: String(Math.min(PAGE, limit - items.length)) })
    if (cursor !== '') query.set('cursor', cursor)
    const page: { items: T[]; next: string | null } = await client.json(`${path}?${query}`, { signal })
    items.push(...page.items)
    cursor = page.items.length === 0 ? null : page.next
  }
  return items.slice(0, limit)
}

/**
 * Parses the value of `--limit`.
 *
 * @throws UsageError for a value that is not a number or does not fit a screen
 */
export function limitOf(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new UsageError('--limit takes a number from 1 to 999.')
  return Number(text)
}
