import type { RowPlace } from '../../../db/imports/rows/import-row-places.ts'
import { cursorOf, readCursor } from '../../http/schemas/common.ts'

/** The text in a cursor: a row's number, and how many rows after it the page begins. */
const PLACE = /^(\d{1,9})(?:\+(\d{1,4}))?$/

export const placeCursor = ({ after, skip }: RowPlace) => cursorOf(`${after}+${skip}`)

/** @throws ApiProblem 422 for a cursor that this API did not return */
export function readPlace(cursor: string | undefined): RowPlace {
  const [, after = 0, skip = 0] = PLACE.exec(readCursor(cursor, (text) => PLACE.test(text)) ?? '') ?? []
  return { after: Number(after), skip: Number(skip) }
}

/** @param rows at most one more than `limit`. If there is one more, another page follows */
export function pageOfRows<Row extends { row: number }>(
  rows: Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? cursorOf(last.row) : null }
}
