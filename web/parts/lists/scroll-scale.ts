/** Pixels that every browser lays out: Firefox ends at 17.8 million, Chrome and Safari at 33.5 million. */
const MOST_PIXELS = 15_000_000

/** Where a row of a list stands in the page, in pixels from the top of the list. */
export interface Scale {
  /** Pixels of the whole list. */
  height: number
  /** `2.5`: the middle of the third row. */
  toRow(pixel: number): number
  toPixel(row: number): number
}

/**
 * The places of rows of one height. A list that is higher than a browser can lay out is pressed together in its middle:
 * at both ends, as far as anybody scrolls without a pause, a pixel stays a pixel.
 *
 * @param rowHeight pixels
 * @param most pixels that the list may have
 */
export function scaleOf(count: number, rowHeight: number, most = MOST_PIXELS): Scale {
  const full = count * rowHeight
  if (full <= most) return { height: full, toRow: (pixel) => pixel / rowHeight, toPixel: (row) => row * rowHeight }
  const end = most / 4
  const press = (most - 2 * end) / (full - 2 * end)
  return {
    height: most,
    toRow(pixel) {
      if (pixel <= end) return pixel / rowHeight
      const below = most - pixel
      if (below <= end) return count - below / rowHeight
      return (end + (pixel - end) / press) / rowHeight
    },
    toPixel(row) {
      const above = row * rowHeight
      if (above <= end) return above
      const below = full - above
      if (below <= end) return most - below
      return end + (above - end) * press
    },
  }
}
