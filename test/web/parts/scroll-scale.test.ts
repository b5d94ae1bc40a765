import { describe, expect, test } from 'vitest'
import { scaleOf } from '../../../web/parts/lists/scroll-scale.ts'

const ROW = 57

describe('a list that fits the height limit of browsers', () => {
  test('each pixel of a short list is one pixel of the scroll bar', () => {
    const scale = scaleOf(1_000, ROW)
    expect([scale.height, scale.toPixel(10), scale.toRow(85.5)]).toEqual([57_000, 570, 1.5])
  })

  test('an empty list has no height', () => {
    expect(scaleOf(0, ROW).height).toBe(0)
  })
})

describe.each([
  [1_000_000, undefined],
  [2_000_000, undefined],
  [1_000_000, 1_000_000],
])('a list of %i rows, with a limit of %s pixels', (count, most) => {
  const scale = scaleOf(count, ROW, most)

  test('the scaled height is within the limit', () => {
    expect(scale.height).toBeLessThanOrEqual(most ?? 15_000_000)
  })

  test('the scale starts with the first row and ends with the last', () => {
    expect([scale.toPixel(0), scale.toRow(0)]).toEqual([0, 0])
    expect([scale.toPixel(count), scale.toRow(scale.height)]).toEqual([scale.height, count])
  })

  test('rows have their full height at both ends of the scale', () => {
    expect(scale.toPixel(100) - scale.toPixel(99)).toBeCloseTo(ROW)
    expect(scale.toPixel(count - 99) - scale.toPixel(count - 100)).toBeCloseTo(ROW)
  })

  test('a later row has a later pixel, and converting the pixel back gives the same row', () => {
    let before = -1
    for (let row = 0; row <= count; row += 97) {
      const pixel = scale.toPixel(row)
      expect(pixel).toBeGreaterThan(before)
      expect(Math.abs(scale.toRow(pixel) - row)).toBeLessThan(0.001)
      before = pixel
    }
  })
})

test('a scroll bar in whole pixels reaches each row of a million', () => {
  const scale = scaleOf(1_000_000, ROW)
  let before = 0
  for (let pixel = 0; pixel <= scale.height; pixel += 1) {
    const row = Math.floor(scale.toRow(pixel))
    if (row > before + 1) throw new Error(`Between pixels ${pixel - 1} and ${pixel} lie rows ${before} to ${row}.`)
    before = row
  }
  expect(before).toBe(1_000_000)
})
