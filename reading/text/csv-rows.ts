import { isAscii } from 'node:buffer'
import type { Delimiter } from '../detect/delimiter.ts'
import { FileProblem } from '../file-problem.ts'
import type { ReadLimits } from '../limits.ts'
import { recordTooLong, tooManyRows } from '../source/source-record.ts'

const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22]

/** Up to here V8 copies a part of a string; a longer one would keep the whole slice in memory for as long as it lives. */
const COPIED = 12

/** Consecutive rows, blank ones among them; `first` is the number of the first. */
export interface Rows {
  first: number
  cells: string[][]
}

/** What every blank line is; a file may have millions. */
const BLANK = ['']

/**
 * Splits CSV (RFC 4180) into rows, slice by slice. Line ends are CR LF, LF and CR, in any mixture. A cell that begins with
 * a quotation mark ends with one, and two of them stand for one; a mark inside of a cell that began without is a
 * character. A row that is not complete waits for the next slice and is looked at from its start again.
 *
 * Rows are numbered as a spreadsheet does it (a cell with line breaks is one row, a blank line is one, too), lines as an
 * editor does it.
 */
export class CsvRows {
  /** The row that comes next, and the line on which it starts. */
  row = 1
  line = 1
  private readonly limits: ReadLimits
  private readonly endsCell = new Uint8Array(256)
  private readonly delimiter: number
  private rest = Buffer.alloc(0)
  private bytes: Buffer = this.rest
  private text = ''
  private ascii = true
  /** Where the cells of the row that is looked at begin and end, without their marks; negative where marks are doubled. */
  private readonly places: number[] = []
  private cells = 0
  private cellBytes = 0
  private breaks = 0
  private waitsForLf = false

  constructor(delimiter: Delimiter, limits: ReadLimits) {
    this.limits = limits
    this.delimiter = delimiter.charCodeAt(0)
    for (const code of [LF, CR, this.delimiter]) this.endsCell[code] = 1
  }

  /**
   * @param slice in an encoding whose marks and line ends are those of ASCII; null when there is no more
   * @returns the rows that it completes
   * @throws FileProblem `unclosed-quote`, `stray-quote`, `record-too-long`, `too-many-rows`
   */
  split(slice: Buffer | null): Rows {
    const rows: Rows = { first: this.row, cells: [] }
    this.walk(slice, (blank) => rows.cells.push(blank ? BLANK : this.values()))
    return rows
  }

  /** As `split`, only for what is thrown. */
  check(slice: Buffer | null): void {
    this.walk(slice, null)
  }

  /** The row that something behind what was given belongs to: a CR at its end may still wait for its LF. */
  rowBehind(): number {
    return this.waitsForLf ? this.row + 1 : this.row
  }

  private walk(slice: Buffer | null, take: ((blank: boolean) => void) | null): void {
    const last = slice === null
    this.bytes = last ? this.rest : this.rest.byteLength === 0 ? slice : Buffer.concat([this.rest, slice])
    if (take !== null) this.text = this.bytes.toString('latin1')
    this.ascii = take === null || isAscii(this.bytes)
    const { length } = this.bytes
    let at = 0
    while (at < length) {
      const next = this.walkRow(at, last)
      if (next < 0) break
      if (this.row > this.limits.csvRows) throw tooManyRows(this.limits.csvRows)
      take?.(this.cells === 1 && this.places[0] === this.places[1])
      this.row++
      this.line += 1 + this.breaks
      at = next
    }
    this.rest = Buffer.from(this.bytes.subarray(at))
  }

  /** Walks over one row; where the next begins, or -1 when this one is not complete. */
  private walkRow(start: number, last: boolean): number {
    const { bytes, endsCell, delimiter } = this
    const { length } = bytes
    this.cells = 0
    this.cellBytes = 0
    this.breaks = 0
    this.waitsForLf = false
    let at = start
    for (;;) {
      if (at < length && bytes[at] === QUOTE) {
        at = this.walkQuoted(at, last)
        if (at < 0) return -1
      } else {
        const cell = at
        while (at < length && endsCell[bytes[at] ?? 0] === 0) at++
        this.addCell(cell, at, at - cell)
      }
      if (at >= length) return last ? at : -1
      if (bytes[at] !== delimiter) break
      at++
    }
    if (bytes[at] === LF) return at + 1
    this.waitsForLf = at + 1 >= length && !last
    if (this.waitsForLf) return -1
    return bytes[at + 1] === LF ? at + 2 : at + 1
  }

  /** Walks over a cell that begins with a mark; where its delimiter or line end is, or -1 when it is not complete. */
  private walkQuoted(start: number, last: boolean): number {
    const { bytes } = this
    const { length } = bytes
    let doubled = 0
    let at = start + 1
    for (;;) {
      // Where the row has a byte more than it may: the same fault wherever slices end.
      const most = start + 2 + doubled + this.limits.recordBytes - this.cellBytes
      const stop = Math.min(length, most)
      while (at < stop && bytes[at] !== QUOTE) {
        if (bytes[at] === CR || (bytes[at] === LF && bytes[at - 1] !== CR)) this.breaks++
        at++
      }
      if (at >= most) throw this.tooLong()
      if (at >= length && last) throw unclosedQuote(this)
      if (at >= length) return -1
      if (bytes[at + 1] !== QUOTE) break
      doubled++
      at += 2
    }
    if (at + 1 >= length && !last) return -1
    if (at + 1 < length && this.endsCell[bytes[at + 1] ?? 0] === 0) throw strayQuote(this)
    this.addCell(doubled > 0 ? -(start + 1) : start + 1, at, at - start - 1 - doubled)
    return at + 1
  }

  private addCell(start: number, end: number, bytes: number): void {
    this.places[this.cells * 2] = start
    this.places[this.cells * 2 + 1] = end
    this.cellBytes += bytes
    // Empty cells have no size: 65 MB of commas would become one row of a gigabyte.
    if (this.cellBytes > this.limits.recordBytes || ++this.cells > this.limits.recordBytes) throw this.tooLong()
  }

  /** Only a mark that is not closed swallows line ends; without one the row itself is long. */
  private tooLong(): FileProblem {
    return this.breaks > 0 ? unclosedQuote(this) : recordTooLong(this.row, this.limits)
  }

  private values(): string[] {
    const values: string[] = []
    for (let cell = 0; cell < this.cells; cell++) {
      const start = this.places[cell * 2] ?? 0
      const end = this.places[cell * 2 + 1] ?? 0
      values.push(start < 0 ? this.value(-start, end).replaceAll('""', '"') : this.value(start, end))
    }
    return values
  }

  private value(start: number, end: number): string {
    if (!this.ascii) return this.bytes.toString('utf8', start, end)
    return end - start <= COPIED ? this.text.slice(start, end) : this.bytes.toString('latin1', start, end)
  }
}

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
