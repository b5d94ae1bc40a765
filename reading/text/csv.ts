import { FileProblem } from '../file-problem.ts'
import { CSV_SLICE_BYTES, type ReadLimits } from '../limits.ts'
import { slices } from '../source/byte-source.ts'
import { checkHeader, isBlank, type SourceRecord, toRecord } from '../source/source-record.ts'
import { type CsvLayout, CsvParser, type Rows } from './csv-parser.ts'

/** The header, and everything below it in batches. */
export interface Table {
  header: string[]
  headerRow: number
  batches: AsyncGenerator<SourceRecord[]>
}

/**
 * Reads CSV (RFC 4180, with any of the four delimiters and any mixture of line ends) as a stream. Rows are numbered
 * as a spreadsheet numbers them: a cell with line breaks belongs to one row, and a blank line is a row.
 *
 * A cell that begins with a quotation mark has to end with one, because a wrong guess about its end would shift all cells
 * after it. A mark inside a cell that began without one is a character.
 *
 * @param source UTF-8 without a byte order mark and without a `sep=` line
 * @throws FileProblem from here for the header, from the batches for the rest
 */
export async function readCsv(source: AsyncGenerator<Buffer>, layout: CsvLayout, limits: ReadLimits): Promise<Table> {
  const rows = rowsOf(source, layout, limits)
  for (;;) {
    const next = await rows.next()
    if (next.done) throw new FileProblem('no-header', 'The file has no header: every line is blank.', { row: 1 })
    const index = next.value.cells.findIndex((cells) => !isBlank(cells))
    if (index < 0) continue
    const written = next.value.cells[index] ?? []
    const named = written.findLastIndex((cell) => cell.trim() !== '') + 1
    const header = written.slice(0, named || written.length)
    const headerRow = next.value.first + index
    checkHeader(headerRow, header, limits)
    const rest = { first: headerRow + 1, cells: next.value.cells.slice(index + 1) }
    return { header, headerRow, batches: batchesOf(rest, rows, { named: header.length, all: written.length }, limits) }
  }
}

/**
 * Spreadsheets write a delimiter for every column that was ever edited. Columns at the end without a header are dropped
 * from a row when they are empty in it. A row with a value there is too long.
 */
interface Columns {
  named: number
  all: number
}

async function* batchesOf(
  head: Rows,
  rows: AsyncGenerator<Rows>,
  columns: Columns,
  limits: ReadLimits,
): AsyncGenerator<SourceRecord[]> {
  try {
    const first = recordsOf(head, columns, limits)
    if (first.length > 0) yield first
    for await (const next of rows) {
      const batch = recordsOf(next, columns, limits)
      if (batch.length > 0) yield batch
    }
  } finally {
    await rows.return(undefined)
  }
}

function recordsOf({ first, cells }: Rows, { named, all }: Columns, limits: ReadLimits): SourceRecord[] {
  const records: SourceRecord[] = []
  for (let index = 0; index < cells.length; index++) {
    const row = cells[index] ?? []
    if (isBlank(row)) continue
    if (row.length > named && row.length <= all && isBlank(row.slice(named))) row.length = named
    records.push(toRecord(first + index, row, named, limits))
  }
  return records
}

async function* rowsOf(source: AsyncGenerator<Buffer>, layout: CsvLayout, limits: ReadLimits): AsyncGenerator<Rows> {
  const parser = new CsvParser(layout, limits)
  try {
    for await (const chunk of source) {
      for (const slice of slices(chunk, CSV_SLICE_BYTES)) yield* completed(await parser.split(slice))
    }
    yield* completed(await parser.split(null))
  } catch (error) {
    throw await located(error, parser)
  } finally {
    await source.return(undefined)
  }
}

function* completed(rows: Rows): Generator<Rows> {
  if (rows.cells.length > 0) yield rows
}

/** Adds the row to a decoder's error: its invalid byte follows everything that was split. */
async function located(error: unknown, parser: CsvParser): Promise<unknown> {
  if (!(error instanceof FileProblem) || error.code !== 'invalid-encoding') return error
  const row = await parser.rowBehind()
  return new FileProblem(error.code, `${error.message} The first wrong byte is in row ${row}.`, { ...error.place, row })
}
