import { useCountedList } from '../../api/use-counted-list.ts'
import type { PeopleQuery } from './use-people-filter.ts'

/** Everybody who matches, their number, and a way to each place of the list. */
export function usePeople(query: PeopleQuery) {
  return useCountedList('GET /v1/users', 'GET /v1/users/count', { query })
}
