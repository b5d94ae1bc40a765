import { stringify } from 'csv-stringify/sync'

/**
 * Returns lines of CSV by RFC 4180, with a BOM if asked, because without one Excel does not read the file as UTF-8.
 * Puts a `'` before a cell that a spreadsheet would run as a formula (ASVS 5.0, 1.2.10).
 */
export function csvLines(cells: (string | number | null)[][], bom = false): string {
  return stringify(cells, { record_delimiter: '\r\n', escape_formulas: true, bom })
}
