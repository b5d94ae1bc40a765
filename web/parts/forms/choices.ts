import { useMemo } from 'react'
import { useAll } from '../../api/use-all.ts'

/** A thing with an id as something to choose. */
export interface Choice {
  value: string
  label: string
}

const page = { query: { limit: 200 } }

/** Everything that people can be sorted by, read once and kept; each is empty until it is known. */
export function useCompanies(): Choice[] {
  return useNamed(useAll('GET /v1/companies', page).items)
}

/** Every course, to name it by its id. */
export function useCourses(): Choice[] {
  const { items } = useAll('GET /v1/courses', page)
  return useMemo(() => items.map(({ id, title }) => ({ value: id, label: title })), [items])
}

function useNamed(items: { id: string; name: string }[]): Choice[] {
  return useMemo(() => items.map(({ id, name }) => ({ value: id, label: name })), [items])
}
