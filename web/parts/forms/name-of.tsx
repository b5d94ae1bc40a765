import { useGet } from '../../api/hooks.ts'

const readings = {
  company: 'GET /v1/companies/{id}',
  cohort: 'GET /v1/cohorts/{id}',
  groups: 'GET /v1/groups/{id}',
  permissionSet: 'GET /v1/permission-sets/{id}',
} as const

/** Fields whose values are ids of something that has a name. */
export type Named = keyof typeof readings

export function isNamed(field: string): field is Named {
  return Object.hasOwn(readings, field)
}

/** The name behind an id. What is gone, or not for this account, has none. */
export function NameOf({ field, id }: { field: Named; id: string }) {
  const { data, isPending } = useGet(readings[field], { path: { id } }, { staleTime: 300_000 })
  return data ? data.name : isPending ? '…' : 'no longer there'
}
