import { type CsvError, Parser } from 'csv-parse'
import type { Delimiter } from './delimiter.ts'
import { FileProblem } from './file-problem.ts'
import { CSV_SLICE_BYTES, type ReadLimits } from './limits.ts'
import { checkHeader, isBlank, recordTooLong, type SourceRecord, tooManyRows, toRecord } from './source-record.ts'

/** The header, and everything below it in batches. */
export interface Table {
  header: string[]
  headerRow: number
  batches: AsyncGenerator<SourceRecord[]>
}

/**
 * Reads CSV (RFC 4180, with any of the four delimiters and any mixture of line ends) as a stream. Rows are numbered
 * as a spreadsheet does it: a cell with line breaks is one row, a blank line is one, too.
 *
 * A cell that begins with a quotation mark has to end with one: a guess about where it ends moves everything behind.
 * A mark inside of a cell that began without one is a character.
 *
 * @param source UTF-8 without a byte order mark and without a `sep=` line
 * @throws FileProblem from here for the header, from the batches for the rest
 */
export async function readCsv(
  source: AsyncGenerator<Buffer>,
  delimiter: Delimiter,
  limits: ReadLimits,
): Promise<Table> {
  const rows = numberedRows(source, delimiter, limits)
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
 * Spreadsheets write a delimiter for every column that was ever touched. Those at the end that have no header are not
 * part of the table as long as nothing stands in them; a row with a value there is too long.
 */
interface Columns {
  named: number
  all: number
}

/** Consecutive rows, blank ones among them; `first` is the number of the first. */
interface Rows {
  first: number
  cells: string[][]
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

/**
 * csv-parse as a function from bytes to rows. Its stream interface hands out one record at a time through the
 * machinery of Readable, which costs a third of the speed; here what one slice completes is taken at once.
 */
class RowCollector extends Parser {
  /** csv-parse's count of lines at the end of the last record. */
  lines = 0
  private readonly mostCells: number
  private rows: string[][] = []
  private readonly counters: { records: number; lines: number } = this.info

  constructor(delimiter: Delimiter, limits: ReadLimits) {
    super({
      delimiter,
      // All three, so that mixtures split where a person sees lines; discovery would glue rows together.
      record_delimiter: ['\r\n', '\n', '\r'],
      // A ragged row is passed on and reported as its own problem; nothing is dropped (HAZARDS.md 20).
      relax_column_count: true,
      // A quotation mark inside of a cell that began without one is a character like any other (33°51'31"N).
      relax_quotes: true,
      max_record_size: limits.recordBytes,
    })
    this.mostCells = limits.recordBytes
    refuseTextAfterQuote(this)
    // Errors arrive through the callbacks; without a listener Node would end the process as well.
    this.on('error', () => {})
  }

  /**
   * csv-parse compares each record with its first and builds an error with a copy of the cells for every other
   * length, which makes a ragged file nine times slower; for it, every record is the first one.
   */
  override push(row: string[] | null): boolean {
    if (row !== null) this.rows.push(row.length === 1 && row[0] === '' ? BLANK : row)
    this.counters.records = 0
    this.lines = this.counters.lines
    return true
  }

  takeRows(): string[][] {
    const { rows } = this
    this.rows = []
    return rows
  }

  /** Everything that was fed is passed on, except for line ends: what comes next begins a row. */
  get betweenRows(): boolean {
    const { record, field, quoting, wasQuoting, previousBuf } = stateOf(this)
    if (quoting || wasQuoting || record.length > 0 || field.length > 0) return false
    return previousBuf === undefined || isLineEnds(previousBuf)
  }

  /** Resolves when the slice has been parsed, rejects with csv-parse's error or `TooManyCells`. */
  async feed(slice: Buffer | null): Promise<void> {
    if (slice?.byteLength === 0) return
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve())
      if (slice !== null) this.write(slice, done)
      else this.end(done)
    })
    // Empty cells have no size: 65 MB of commas would become one row of a gigabyte.
    if (stateOf(this).record.length > this.mostCells) throw new TooManyCells()
  }
}

/** What every blank line is; a file may have millions. */
const BLANK = ['']

/** What csv-parse keeps of the record that it has begun: its public `state`, which its types leave out. */
function stateOf(parser: Parser): ParserState {
  return (parser as unknown as { state: ParserState }).state
}

interface ParserState {
  record: string[]
  field: { prepend: () => void; length: number }
  quoting: boolean
  wasQuoting: boolean
  /** What waits because the bytes behind it may belong to it. */
  previousBuf: Buffer | undefined
}

async function* numberedRows(
  source: AsyncGenerator<Buffer>,
  delimiter: Delimiter,
  limits: ReadLimits,
): AsyncGenerator<Rows> {
  const collector = new RowCollector(delimiter, limits)
  const position = new Position()
  try {
    for await (const slice of slicesOf(source)) {
      const blank = blankLines(slice)
      await collector.feed(slice.subarray(0, blank.from))
      yield* taken(collector, position, limits)
      const skip = blank.lines > 0 && collector.betweenRows
      if (skip) position.skip(blank.lines, limits)
      await collector.feed(slice.subarray(skip ? blank.to : blank.from))
      yield* taken(collector, position, limits)
    }
    await collector.feed(null)
    yield* taken(collector, position, limits)
  } catch (error) {
    if (isInvalidEncoding(error)) await finishRow(collector)
    // What was complete before the fault is counted, so that the fault has the right row.
    position.pass(collector.takeRows())
    throw located(error, position, collector.lines, limits)
  } finally {
    collector.destroy()
    await source.return(undefined)
  }
}

function* taken(collector: RowCollector, position: Position, limits: ReadLimits): Generator<Rows> {
  const cells = collector.takeRows()
  if (cells.length === 0) return
  const first = position.row
  position.pass(cells)
  position.check(limits)
  yield { first, cells }
}

/** The row that comes next, and the line of the file on which it starts, as an editor counts lines. */
class Position {
  row = 1
  line = 1

  pass(rows: string[][]): void {
    this.row += rows.length
    this.line += rows.length
    for (const cells of rows) {
      for (const cell of cells) if (LINE_BREAK.test(cell)) this.line += cell.split(/\r\n|\n|\r/).length - 1
    }
  }

  /** Blank lines that nobody looks at. @throws FileProblem `too-many-rows` */
  skip(lines: number, limits: ReadLimits): void {
    this.row += lines
    this.line += lines
    this.check(limits)
  }

  /** @throws FileProblem `too-many-rows` */
  check(limits: ReadLimits): void {
    if (this.row - 1 > limits.csvRows) throw tooManyRows(limits.csvRows)
  }
}

const LINE_BREAK = /[\r\n]/

/**
 * Lines of a slice that may be counted instead of parsed, which takes a hundredth of the time: a slice that is all line
 * ends, without its first and its last, each of which may belong together with what stands next to it.
 */
function blankLines(slice: Buffer): { from: number; to: number; lines: number } {
  const from = slice.indexOf(LF) + 1 || 1
  const to = slice.lastIndexOf(LF) + 1 || slice.byteLength - 1
  if (to <= from || !isLineEnds(slice)) return { from: slice.byteLength, to: slice.byteLength, lines: 0 }
  let lines = 0
  for (let at = from; at < to; at++) if (slice[at] === LF || slice[at + 1] !== LF) lines++
  return { from, to, lines }
}

const [LF, CR] = [0x0a, 0x0d]

function isLineEnds(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.byteLength; at++) if (bytes[at] !== LF && bytes[at] !== CR) return false
  return true
}

function* slices(chunk: Buffer): Generator<Buffer> {
  for (let start = 0; start < chunk.byteLength; start += CSV_SLICE_BYTES) {
    yield chunk.subarray(start, start + CSV_SLICE_BYTES)
  }
}

async function* slicesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield* slices(chunk)
}

/**
 * With relaxed quotes csv-parse would also take `"x"y` for a cell, and then two rows with an unclosed quote between
 * them for one. It shows that case in one call only, of the buffer of its public `state`; a test watches it.
 */
function refuseTextAfterQuote(parser: Parser): void {
  stateOf(parser).field.prepend = () => {
    throw new TextAfterQuote()
  }
}

class TextAfterQuote extends Error {}
class TooManyCells extends Error {}

function isInvalidEncoding(error: unknown): error is FileProblem {
  return error instanceof FileProblem && error.code === 'invalid-encoding'
}

/** csv-parse looks two bytes ahead: without them, a row that ends just before the fault would not be counted. */
async function finishRow(collector: RowCollector): Promise<void> {
  await collector.feed(Buffer.from('    ')).catch(() => {})
}

/** csv-parse's errors carry cells: only their code, and our own count of rows, go on (HAZARDS.md 25). */
function located(error: unknown, position: Position, linesBefore: number, limits: ReadLimits): unknown {
  if (isInvalidEncoding(error)) return atRow(error, position)
  if (error instanceof FileProblem) return error
  if (error instanceof TextAfterQuote) return strayQuote(position)
  if (error instanceof TooManyCells) return recordTooLong(position.row, limits)
  const { code, lines } = error as Partial<CsvError>
  if (code === 'CSV_QUOTE_NOT_CLOSED') return unclosedQuote(position)
  // Only inside of quotes can a record hold a line break: so it is not long, its quote was not closed.
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return Number(lines) > linesBefore + 1 ? unclosedQuote(position) : recordTooLong(position.row, limits)
  }
  return error
}

function strayQuote({ row, line }: Position): FileProblem {
  const message = `Row ${row} (line ${line}) has text after a closing quotation mark. Double the marks inside of a cell.`
  return new FileProblem('stray-quote', message, { row, expected: 'quotes around the whole cell, doubled inside' })
}

function unclosedQuote({ row, line }: Position): FileProblem {
  const message = `Row ${row} opens a quotation mark (line ${line}) that is never closed. Close or remove it.`
  return new FileProblem('unclosed-quote', message, { row, expected: 'a closing quotation mark' })
}

function atRow({ code, message, place }: FileProblem, { row }: Position): FileProblem {
  return new FileProblem(code, `${message} The first wrong byte is in row ${row}.`, { ...place, row })
}
