import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { keyOf, useList } from '../../api/hooks.ts'
import { request } from '../../api/request.ts'
import { formatTime } from '../page/format.ts'
import type { Choice } from './choices.ts'

/** Choices that are drawn at once; typing finds the others. */
export const SHOWN = 100

/** Milliseconds of rest after which what was typed is looked for. */
const REST = 200

/** Milliseconds for which a name that was read is good. */
const NAME_KEPT = 300_000

/** What people choose by its name, as the last part of its address. */
export type Kind =
  | 'companies'
  | 'cohorts'
  | 'groups'
  | 'permission-sets'
  | 'collections'
  | 'campaigns'
  | 'courses'
  | 'imports'

export interface Wanted {
  /** What was typed. */
  search: string
  /** Ids whose names are shown, whatever was typed. */
  chosen: string[]
  /** Only what is of this company, or what it may use. */
  company?: string | null | undefined
  enabled?: boolean
}

type Named = { id: string; name?: string; title?: string; file?: { name: string }; createdAt?: string }

/*
 * Which kind it is is known only when a page is open, so the types here are those of one that has everything.
 */
const listOf = (kind: Kind) => `GET /v1/${kind}` as 'GET /v1/courses'
const readOf = (kind: Kind) => `GET /v1/${kind}/{id}` as 'GET /v1/courses/{id}'

/** The first of a kind that fit what was typed: the API looks for them, so that fifty thousand are as good as five. */
export function useChoices(kind: Kind, { search, chosen, company, enabled = true }: Wanted) {
  const [asked] = useDebouncedValue(search.trim(), REST)
  const query = { q: asked || undefined, company: company ?? undefined, limit: SHOWN }
  const list = useList(listOf(kind), { query }, { keep: true, enabled })
  const found: Named[] = enabled ? list.items : nothing
  const missing = chosen.filter((id) => !found.some((one) => one.id === id))
  // Most of them come with the list.
  const asks = enabled && !list.isPending
  const named = useQueries({
    queries: missing.map((id) => ({
      queryKey: keyOf(readOf(kind), { path: { id } }),
      queryFn: (): Promise<Named> => request(readOf(kind), { path: { id } }),
      enabled: asks,
      staleTime: NAME_KEPT,
      retry: false,
    })),
    combine: labelsOf,
  })
  const choices = useMemo(
    (): Choice[] => [
      ...found.map((one) => ({ value: one.id, label: labelOf(one) })),
      ...missing.map((id, index) => ({ value: id, label: named[index] ?? UNKNOWN })),
    ],
    [found, missing, named],
  )
  const searching = list.isFetching || asked !== search.trim()
  return { choices, searching, none: list.isSuccess && asked === '' && found.length === 0 }
}

const nothing: never[] = []

/** Until its name is known, what is chosen would be shown as its id. */
const UNKNOWN = '…'
const GONE = 'no longer there'

/** An import is called as its file is; many are called the same. */
function labelOf({ name, title, file, createdAt = '' }: Named): string {
  return file ? `${file.name}, ${formatTime(createdAt)}` : (name ?? title ?? '')
}

function labelsOf(answers: { data: Named | undefined; isError: boolean }[]): string[] {
  return answers.map(({ data, isError }) => (data ? labelOf(data) : isError ? GONE : UNKNOWN))
}

/** Every word that was typed stands somewhere in the label, as the API has it: what is shown already narrows at once. */
export function holdsWords(label: string, search: string): boolean {
  const text = label.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
