import { type Choice, useCompanies, useCourses } from '../../../parts/forms/choices.ts'

interface Props {
  ids: string[]
  of: Choice[]
  /** How many are named; of the others only the number. */
  most?: number
  /** What stands where there is none. */
  none?: string
}

/** `Blue Harbour and 2 more`. What this account may not see has no name, and is counted with the others. */
export function Names({ ids, of, most = 1, none = '–' }: Props) {
  if (ids.length === 0) return <span className="soft">{none}</span>
  const named = of.filter(({ value }) => ids.includes(value)).slice(0, most)
  const more = ids.length - named.length
  if (of.length === 0) return '…'
  if (named.length === 0) return ids.length === 1 ? 'one that you may not see' : `${ids.length} that you may not see`
  const names = named.map(({ label }) => label).join(', ')
  return more === 0 ? names : `${names} and ${more} more`
}

export function CompanyNames({ ids, none }: { ids: string[]; none?: string }) {
  return <Names ids={ids} of={useCompanies()} {...(none ? { none } : {})} />
}

export function CourseNames({ ids }: { ids: string[] }) {
  return <Names ids={ids} of={useCourses()} />
}
