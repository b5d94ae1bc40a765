import type { Client } from '../http/client.ts'
import { UsageError } from '../http/errors.ts'
import { quoted } from '../terminal/text.ts'
import type { GivenOptions } from './import-options.ts'

/** A list of the API whose items can be found by name. */
export interface Kind {
  one: string
  /** The path below `/v1`. */
  list: string
  called: 'name' | 'title'
}

export const kinds = {
  company: { one: 'company', list: 'companies', called: 'name' },
  permissionSet: { one: 'permission set', list: 'permission-sets', called: 'name' },
  group: { one: 'group', list: 'groups', called: 'name' },
  course: { one: 'course', list: 'courses', called: 'title' },
  collection: { one: 'collection', list: 'collections', called: 'name' },
  campaign: { one: 'campaign', list: 'campaigns', called: 'name' },
} as const satisfies Record<string, Kind>

/** Known names that an error lists, about one screen. */
const TOLD = 20

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Named = { id: string; name?: string; title?: string }
type Page = { items: Named[]; next: string | null }

/**
 * Replaces names by ids in every option that takes an id.
 *
 * @throws UsageError that lists every unknown name and the known ones
 */
export async function withIds(client: Client, options: GivenOptions, signal: AbortSignal): Promise<GivenOptions> {
  const wrong: string[] = []
  const one = async (kind: Kind, value: unknown) => {
    if (typeof value !== 'string') return value
    return findId(client, kind, value, {}, signal).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error
      wrong.push(error.message)
      return value
    })
  }
  const many = async (kind: Kind, value: unknown): Promise<unknown> => {
    if (!Array.isArray(value)) return value
    const ids: unknown[] = []
    for (const name of value) ids.push(await one(kind, name))
    return ids
  }
  const { company, permissionSet, groups, enrol } = options
  const found: GivenOptions = { ...options }
  if (company !== undefined) found.company = await one(kinds.company, company)
  if (permissionSet !== undefined) found.permissionSet = await one(kinds.permissionSet, permissionSet)
  if (groups !== undefined) found.groups = await many(kinds.group, groups)
  if (typeof enrol === 'object' && enrol !== null) {
    const named: GivenOptions = { ...enrol }
    if (named.courses !== undefined) named.courses = await many(kinds.course, named.courses)
    if (named.collections !== undefined) named.collections = await many(kinds.collection, named.collections)
    if (named.campaigns !== undefined) named.campaigns = await many(kinds.campaign, named.campaigns)
    found.enrol = named
  }
  if (wrong.length > 0) throw new UsageError([...new Set(wrong)].join('\n'))
  return found
}

/**
 * Returns the id of the item with this name. An id is returned unchanged.
 *
 * @param filter further filters of the list
 * @throws UsageError with the known names when no item has the name, or with the ids when several items have it
 */
export async function findId(
  client: Client,
  kind: Kind,
  name: string,
  filter: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  if (ID.test(name)) return name
  const ask = (query: Record<string, string>) =>
    client.json<Page>(`/v1/${kind.list}?${new URLSearchParams({ ...filter, ...query })}`, { signal })
  const { items } = await ask({ [kind.called]: name, limit: '10' })
  const [first, second] = items
  if (first && !second) return first.id
  if (first) {
    const ids = items.map(({ id }) => id).join(', ')
    throw new UsageError(`Several are called ${quoted(name)}: give the id of the ${kind.one}, one of ${ids}.`)
  }
  const known = await ask({ limit: String(TOLD) })
  const names = known.items.map((item) => quoted(item[kind.called] ?? item.id)).join(', ')
  const told = names === '' ? 'There is none.' : `Known: ${names}${known.next === null ? '' : ', …'}`
  throw new UsageError(`There is no ${kind.one} ${quoted(name)}. ${told}`)
}
