import { expect, test } from 'vitest'
import { addressPrefix, createRateLimit } from '../../../api/http/rate-limit.ts'

test('each key may send a burst, then one request in each interval', () => {
  let now = 0
  const limit = createRateLimit(3, 1_000, () => now)
  expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([0, 0, 0, 1_000])
  expect(limit.take('b')).toBe(0)
  now = 400
  expect(limit.take('a')).toBe(600)
  now = 1_000
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 1_000])
  now = 60_000
  expect([1, 2, 3, 4].map(() => limit.take('a') === 0)).toEqual([true, true, true, false])
})

test('many keys displace only the least recently used bucket', () => {
  const limit = createRateLimit(1, 1_000_000, () => 0)
  for (let n = 0; n < 25_000; n++) {
    limit.take(`key ${n}`)
    limit.take('busy')
  }
  expect(limit.take('busy')).toBeGreaterThan(0)
  expect(limit.take('key 0')).toBe(0)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('%s shares a bucket with %s', (address, prefix) => {
  expect(addressPrefix(address)).toBe(prefix)
})
