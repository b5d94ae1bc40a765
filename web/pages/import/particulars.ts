/** Lines of a list that a panel shows: more, nobody settles one by one. */
export const MOST = 200

/** The objects of a list that a problem carries; a problem may carry anything. */
export function records(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
