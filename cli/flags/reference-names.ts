import type { Client } from '../http/client.ts'
import type { PlanRow } from '../types.ts'

/** The most names to request. A plan may name thousands of cohorts, and each name is a request. */
const ASKED = 50

/** The names of ids in a plan, up to a limit. Without its name, the id itself is shown. */
export class ReferenceNames {
  readonly #names = new Map<string, string | null>()

  /** @param references for a field, the list of the API that its ids belong to */
  async learn(client: Client, rows: readonly PlanRow[], references: Record<string, string>, signal: AbortSignal) {
    for (const [list, id] of rows.flatMap((row) => idsOf(row, references))) {
      if (this.#names.has(id) || this.#names.size >= ASKED) continue
      const found = await client
        .json<{ name?: string }>(`/v1/${list}/${encodeURIComponent(id)}`, { signal })
        .catch(() => null)
      signal.throwIfAborted()
      this.#names.set(id, found?.name ?? null)
    }
  }

  of(id: string): string {
    return this.#names.get(id) ?? id
  }
}

function idsOf({ changes, groups }: PlanRow, references: Record<string, string>): [list: string, id: string][] {
  const named = [...Object.entries(changes), ['groups', { from: groups, to: null }] as const]
  return named.flatMap(([field, { from, to }]) => {
    const list = references[field]
    if (list === undefined) return []
    const ids = [from, to].flat().filter((id): id is string => typeof id === 'string')
    return ids.map((id): [string, string] => [list, id])
  })
}
