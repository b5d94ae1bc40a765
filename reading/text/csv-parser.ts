import { type CsvError, type InfoRecord, Parser } from 'csv-parse'
import type { Delimiter } from '../detect/delimiter.ts'
import { FileProblem } from '../file-problem.ts'
import { MAX_RECORD_RATIO, type ReadLimits } from '../limits.ts'
import { recordTooLong, tooManyRows } from '../source/source-record.ts'
import { enclosesQuotedCells, isQuoted } from './csv-quotes.ts'

/** What csv-parse need not look for when a text does not hold it. */
export interface CsvMarks {
  /** The text may hold quotation marks. Without them it is read in a fifth less time. */
  quoted: boolean
  /** The text may hold blank lines. They are skipped and counted, which takes half as long again for all rows. */
  blankLines: boolean
}

export interface CsvLayout extends CsvMarks {
  delimiter: Delimiter
}

/** Consecutive rows, blank ones included. `first` is the number of the first row. */
export interface Rows {
  first: number
  cells: string[][]
}

/** A row as csv-parse emits it with its option `raw`. */
interface RawRow {
  record: string[]
  raw: string
}

/**
 * Splits CSV into rows with csv-parse, and enforces what csv-parse leaves open: text behind a closing quotation mark,
 * the number of cells and of rows. Rows are numbered as a spreadsheet numbers them (a blank line is a row, a cell with
 * line breaks does not start one), lines as an editor numbers them.
 */
export class CsvParser {
  /** Number of the next row. */
  row = 1
  /** Line on which the next row starts. */
  line = 1
  /** The same in csv-parse's count, where a CR LF inside quotation marks is two lines. */
  private parserLine = 1
  private rows: string[][] = []
  private emptyLines = 0
  private problem: FileProblem | null = null
  /** Bytes since the last completed row. */
  private unfinishedBytes = 0
  private readonly limits: ReadLimits
  private readonly parser: Parser

  constructor({ delimiter, quoted, blankLines }: CsvLayout, limits: ReadLimits) {
    this.limits = limits
    const take = (row: string[] | RawRow) => {
      if (Array.isArray(row)) this.take(row, false)
      else this.takeQuoted(row)
    }
    this.parser = new Parser({
      delimiter,
      // All three, so that any mixture is split. csv-parse would otherwise only use the one that it finds first.
      record_delimiter: ['\r\n', '\n', '\r'],
      // A row with too few or too many cells becomes a problem of that row (HAZARDS.md 20).
      relax_column_count: true,
      // A quotation mark inside a cell that began without one is a character (33°51'31"N).
      relax_quotes: true,
      quote: quoted ? '"' : null,
      raw: quoted,
      max_record_size: limits.recordBytes,
      ...(blankLines && {
        skip_empty_lines: true,
        on_record: (row: string[] | RawRow, { empty_lines }: InfoRecord) => {
          this.takeBlank(empty_lines)
          take(row)
          return null
        },
      }),
    })
    if (!blankLines) this.parser.on('data', take)
    // `split` reports errors. Node ends the process when an error has no listener.
    this.parser.on('error', () => undefined)
  }

  /**
   * Parses the next bytes of the file.
   *
   * @param slice UTF-8, or null at the end of the file
   * @returns the rows that it completes
   * @throws FileProblem `unclosed-quote`, `stray-quote`, `record-too-long`, `too-many-rows`
   */
  async split(slice: Buffer | null): Promise<Rows> {
    const first = this.row
    const failure = await this.feed(slice)
    // At its end csv-parse counts the empty text behind the last line end, too.
    if (slice !== null) this.takeBlank(this.parser.info.empty_lines)
    const cells = this.rows
    this.rows = []
    if (this.row - 1 > this.limits.csvRows) throw tooManyRows(this.limits.csvRows)
    if (this.problem !== null) throw this.problem
    if (failure !== null) throw this.located(failure)
    // csv-parse does not count delimiters: 65 MB of commas would become one row of a gigabyte.
    this.unfinishedBytes = cells.length > 0 ? 0 : this.unfinishedBytes + (slice?.byteLength ?? 0)
    if (this.unfinishedBytes > this.limits.recordBytes * MAX_RECORD_RATIO + LOOKAHEAD.byteLength) {
      throw recordTooLong(this.row, this.limits)
    }
    return { first, cells }
  }

  /** Returns the row that contains the byte after everything that was split. Nothing can be split afterwards. */
  async rowBehind(): Promise<number> {
    await this.feed(LOOKAHEAD)
    this.takeBlank(this.parser.info.empty_lines)
    return this.row
  }

  /** Returns csv-parse's error, or null when the slice is parsed. */
  private feed(slice: Buffer | null): Promise<Error | null> {
    return new Promise((resolve) => {
      const done = (error?: Error | null) => resolve(error ?? null)
      const { stackTraceLimit } = Error
      // csv-parse builds an error, and drops it, for each row that is not as long as the first: without a stack trace
      // that takes 13 µs instead of 27.
      Error.stackTraceLimit = 0
      if (slice === null) this.parser.end(done)
      else this.parser.write(slice, done)
      Error.stackTraceLimit = stackTraceLimit
    })
  }

  private takeQuoted({ record: cells, raw }: RawRow): void {
    if (this.problem !== null) return
    if (cells.some(isQuoted) && !enclosesQuotedCells(raw, cells)) {
      this.problem = strayQuote(this)
      return
    }
    let breaks = 0
    let characters = 0
    for (const cell of cells) {
      if (!LINE_BREAK.test(cell)) continue
      breaks += cell.match(LINE_BREAKS)?.length ?? 0
      characters += cell.match(LINE_BREAK_CHARACTERS)?.length ?? 0
    }
    this.take(cells, breaks > 0)
    if (this.problem !== null) return
    this.line += breaks
    this.parserLine += characters
  }

  /** Adds the blank rows since the last row, given the number of all of them. */
  private takeBlank(emptyLines: number): void {
    if (this.problem !== null) return
    for (; this.emptyLines < emptyLines; this.emptyLines++) this.take(BLANK, false)
  }

  private take(cells: string[], multiline: boolean): void {
    if (this.problem !== null) return
    if (this.isTooLong(cells)) {
      this.problem = multiline ? unclosedQuote(this) : recordTooLong(this.row, this.limits)
      return
    }
    this.rows.push(cells)
    this.row++
    this.line++
    this.parserLine++
  }

  /** csv-parse's limit counts characters of completed cells. This one counts bytes, and cells. */
  private isTooLong(cells: string[]): boolean {
    const { recordBytes } = this.limits
    if (cells.length > recordBytes) return true
    let characters = 0
    for (const cell of cells) characters += cell.length
    // A UTF-16 code unit takes three bytes of UTF-8 at most.
    if (characters * 3 <= recordBytes) return false
    return cells.reduce((bytes, cell) => bytes + Buffer.byteLength(cell), 0) > recordBytes
  }

  /** csv-parse's errors hold cells. Only the code and our own place go on (HAZARDS.md 25). */
  private located(error: Error): Error {
    const { code, lines } = error as Partial<CsvError>
    if (code === 'CSV_QUOTE_NOT_CLOSED') return unclosedQuote(this)
    if (code !== 'CSV_MAX_RECORD_SIZE') return error
    // Only a quotation mark that is never closed makes a row swallow line ends.
    return Number(lines) > this.parserLine ? unclosedQuote(this) : recordTooLong(this.row, this.limits)
  }
}

/** csv-parse waits for three more bytes before it completes a row. */
const LOOKAHEAD = Buffer.from('    ')

/** The cells of every blank line, of which a file may have millions. */
const BLANK = ['']

const LINE_BREAK = /[\r\n]/
const LINE_BREAKS = /\r\n?|\n/g
const LINE_BREAK_CHARACTERS = /[\r\n]/g

interface Place {
  row: number
  line: number
}

function strayQuote({ row, line }: Place): FileProblem {
  const message = `Row ${row} (line ${line}) has text after a closing quotation mark. Double the marks inside of a cell.`
  return new FileProblem('stray-quote', message, { row, expected: 'quotes around the whole cell, doubled inside' })
}

function unclosedQuote({ row, line }: Place): FileProblem {
  const message = `Row ${row} opens a quotation mark (line ${line}) that is never closed. Close or remove it.`
  return new FileProblem('unclosed-quote', message, { row, expected: 'a closing quotation mark' })
}
