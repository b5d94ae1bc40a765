/** Rows of one query: about a megabyte, for any size of the import. */
const ROWS_A_QUERY = 2_000

/** Reads all pages of `page` in the order of the file, 2,000 rows at a time. Yields no empty page. */
export async function* eachPage<T extends { row: number }>(
  page: (place: { after: number; limit: number }) => Promise<T[]>,
): AsyncGenerator<T[]> {
  for (let after = 0; ; ) {
    const rows = await page({ after, limit: ROWS_A_QUERY })
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < ROWS_A_QUERY || !last) return
    after = last.row
  }
}
