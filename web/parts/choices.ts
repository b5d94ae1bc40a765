import { useMemo } from 'react'
import { useAll } from '../api/use-all.ts'

/** A thing with an id as something to choose. */
export interface Choice {
  value: string
  label: string
}

const page = { query: { limit: 200 } }
const none: string[] = []

/** Everything that people can be sorted by, read once and kept; each is empty until it is known. */
export function useCompanies(): Choice[] {
  return useNamed(useAll('GET /v1/companies', page).items)
}

export function useGroups(): Choice[] {
  return useNamed(useAll('GET /v1/groups', page).items)
}

export function usePermissionSets(): Choice[] {
  return useNamed(useAll('GET /v1/permission-sets', page).items)
}

export function useCollections(): Choice[] {
  return useNamed(useAll('GET /v1/collections', page).items)
}

export function useCampaigns(): Choice[] {
  return useNamed(useAll('GET /v1/campaigns', page).items)
}

/** The cohorts of a company; none without one. */
export function useCohorts(company: string | null): Choice[] {
  const query = { limit: 200, company: company ?? undefined }
  return useNamed(useAll('GET /v1/cohorts', { query }, { enabled: company !== null }).items)
}

/**
 * The courses that a company may use; without one, all.
 *
 * @param taken courses that stay, whatever the company may use by now
 */
export function useCourses(company: string | null, taken = none): Choice[] {
  const { items, isSuccess } = useAll('GET /v1/courses', page)
  return useMemo(() => {
    const open = items.filter(
      ({ id, companies }) => company === null || companies.includes(company) || taken.includes(id),
    )
    const known = new Set(items.map(({ id }) => id))
    const unknown = isSuccess ? taken.filter((id) => !known.has(id)) : []
    return [
      ...open.map(({ id, title }) => ({ value: id, label: title })),
      ...unknown.map((id) => ({ value: id, label: 'A course that is not for your account' })),
    ]
  }, [items, isSuccess, company, taken])
}

function useNamed(items: { id: string; name: string }[]): Choice[] {
  return useMemo(() => items.map(({ id, name }) => ({ value: id, label: name })), [items])
}
