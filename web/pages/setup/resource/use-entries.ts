import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useGet, useList, useSend } from '../../../api/hooks.ts'
import type { Operation } from '../../../api/request.ts'
import { useAll } from '../../../api/use-all.ts'
import { holdsWords } from '../../../parts/forms/use-choices.ts'
import type { Values } from './forms/field.ts'
import type { AnyEntry, AnyResource, Part } from './resource.ts'

/*
 * Which part it is is known only when a page is open, so the types here are those of one that has everything; the
 * declarations in ../resources are checked against their own.
 */
type Standing = 'companies'
const listOf = (part: Part) => `GET /v1/${part}` as `GET /v1/${Standing}`

/** Parts of which nobody has thousands: read to their end, and searched here. The API searches in all others. */
const short = new Set<Part>(['api-keys', 'accounts', 'mappings'])

/** Entries of a part that fit a search, of all or of one company; more of them are read as somebody scrolls. */
export function useEntries({ part, nameOf }: AnyResource, company: string | null, search: string) {
  const whole = short.has(part)
  const of = { company: company ?? undefined, limit: 200 }
  const all = useAll(listOf(part), { query: of }, { enabled: whole })
  const found = useList(listOf(part), { query: { ...of, q: search || undefined } }, { enabled: !whole, keep: true })
  const { items, ...list } = whole ? all : found
  const entries = items as unknown as AnyEntry[]
  return { ...list, items: whole ? entries.filter((entry) => holdsWords(nameOf(entry), search)) : entries }
}

/** These have no address for each: they are in the list, or nowhere. */
const inListOnly = new Set<Part>(['api-keys', 'accounts'])

/** One by its id: from the list when it was read, otherwise asked for by itself. */
export function useEntry(part: Part, id: string, listed: AnyEntry[]) {
  const found = listed.find((one) => one.id === id)
  const asks = !found && !inListOnly.has(part)
  const one = `GET /v1/${part}/{id}` as `GET /v1/${Standing}/{id}`
  const { data, error, isLoading } = useGet(one, { path: { id } }, { enabled: asks })
  return { item: found ?? (data as unknown as AnyEntry | undefined), error, isLoading }
}

export function useAdd(part: Part) {
  const send = useSend(`POST /v1/${part}` as `POST /v1/${Standing}`, [listOf(part)])
  return { ...send, add: (body: Values) => send.mutateAsync({ body: body as { name: string } }) as Promise<unknown> }
}

export function useChange(part: Part, id: string) {
  const operation = `PATCH /v1/${part}/{id}` as `PATCH /v1/${Standing}/{id}`
  const send = useSend(operation, [listOf(part), `${listOf(part)}/{id}` as Operation])
  return { ...send, change: (body: Values) => send.mutateAsync({ path: { id }, body: body as { name: string } }) }
}

/** Deletes, and forgets it: the page that asked for it closes. */
export function useRemove(part: Part, id: string) {
  const client = useQueryClient()
  const send = useSend(`DELETE /v1/${part}/{id}` as `DELETE /v1/${Standing}/{id}`)
  const remove = async (close: () => void) => {
    await send.mutateAsync({ path: { id } })
    close()
    await client.invalidateQueries({ queryKey: keyOf(listOf(part)) })
  }
  return { ...send, remove }
}
