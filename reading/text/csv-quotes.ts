/** Whether a value begins with a quotation mark. Only such a value can come from a cell with text behind its closing mark. */
export function isQuoted(cell: string): boolean {
  return cell.startsWith('"')
}

/**
 * Whether each cell of a row that begins with a quotation mark also ends with one. csv-parse, lenient about marks inside
 * cells (`relax_quotes`), takes `"x"y` for a cell with these four characters.
 *
 * @param raw   the row as it is written, behind the line ends of blank lines that csv-parse skipped
 * @param cells what csv-parse made of it
 */
export function enclosesQuotedCells(raw: string, cells: readonly string[]): boolean {
  let at = Math.max(raw.search(/[^\r\n]/), 0)
  for (const cell of cells) {
    if (raw[at] === '"') {
      const written = `"${cell.replaceAll('"', '""')}"`
      if (!raw.startsWith(written, at)) return false
      at += written.length + 1
    } else at += cell.length + 1
  }
  return true
}
