/** `2026-03-03T13:02:11.000Z` → `2026-03-03T14:02` where the clock says so; empty for no time. */
export function localOf(iso: string): string {
  if (iso === '') return ''
  const time = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** The moment that a field of type `datetime-local` holds, as the API takes it; empty while it is not complete. */
export function momentOf(local: string): string {
  const time = new Date(local)
  return Number.isNaN(time.getTime()) ? '' : time.toISOString()
}
