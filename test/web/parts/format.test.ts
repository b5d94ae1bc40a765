import { expect, test } from 'vitest'
import { formatDays } from '../../../web/parts/page/format.ts'

test.each([
  ['2026-03-01T12:00:00Z', '2026-06-30T12:00:00Z', '1 March to 30 June'],
  ['2026-01-01T12:00:00Z', '2031-01-01T12:00:00Z', '1 January 2026 to 1 January 2031'],
  ['2025-12-01T12:00:00Z', '2026-01-31T12:00:00Z', '1 December 2025 to 31 January 2026'],
  ['2027-03-01T12:00:00Z', '2027-06-30T12:00:00Z', '1 March 2027 to 30 June 2027'],
])('the days from %s to %s, shown in 2026, are %s', (from, to, words) => {
  expect(formatDays(from, to, new Date('2026-11-27T12:00:00Z'))).toBe(words)
})
