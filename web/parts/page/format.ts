const LANGUAGE = 'en-GB'

const numbers = new Intl.NumberFormat(LANGUAGE)

/** `1204` → `1,204` */
export function formatNumber(value: number): string {
  return numbers.format(value)
}

/** `plural(1204, 'person', 'people')` → `1,204 people` */
export function plural(value: number, one: string, many: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`
}

/** `formatBytes(1_468_006)` → `1.5 MB`; of what is counted against `whole`, in its unit. */
export function formatBytes(bytes: number, whole = bytes): string {
  const [size, unit] = whole < 1_000_000 ? [1_000, 'kB'] : [1_000_000, 'MB']
  return `${sizes.format(bytes / size)} ${unit}`
}

const sizes = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'long' })
const dayOfYear = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'long', year: 'numeric' })
const exact = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'full', timeStyle: 'long' })

/** `today 14:02`, `yesterday 09:10`, `3 March 14:02`, `3 March 2025 14:02` */
export function formatTime(iso: string, now = new Date()): string {
  const time = new Date(iso)
  const days = Math.round((midnight(now) - midnight(time)) / 86_400_000)
  if (days === 0) return `today ${clock.format(time)}`
  if (days === 1) return `yesterday ${clock.format(time)}`
  return `${formatDay(iso, now)} ${clock.format(time)}`
}

/** `3 March`, with the year when it is not this one */
export function formatDay(iso: string, now = new Date()): string {
  const time = new Date(iso)
  return (time.getFullYear() === now.getFullYear() ? day : dayOfYear).format(time)
}

/** `3 March to 30 June`; with the year of both ends unless both are in this one */
export function formatDays(from: string, to: string, now = new Date()): string {
  const ends = [new Date(from), new Date(to)]
  const format = ends.every((end) => end.getFullYear() === now.getFullYear()) ? day : dayOfYear
  return ends.map((end) => format.format(end)).join(' to ')
}

/** Everything about a moment, for whoever points at it. */
export function formatExactly(iso: string): string {
  return exact.format(new Date(iso))
}

/** Seconds in words: `12 seconds`, `3 minutes`, `2 hours` */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second', 'seconds')
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), 'minute', 'minutes')
  return plural(Math.round(seconds / 3_600), 'hour', 'hours')
}

function midnight(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()
}
