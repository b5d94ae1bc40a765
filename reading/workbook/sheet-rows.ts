import { columnLetters, FileProblem, type RecordProblem } from '../file-problem.ts'
import { IDLE_ELEMENTS_PER_VALUE, MOST_ESCAPED, type ReadLimits } from '../limits.ts'
import { cellTooLong, recordTooLong, tooManyRows } from '../source/source-record.ts'
import { blankRows } from './blank-rows.ts'
import { isoCellText, unescapeXstring, withoutMailto } from './cells/cell-value.ts'
import type { NumberStyle } from './cells/number-style.ts'
import { numberText } from './cells/number-text.ts'
import type { SharedStrings } from './cells/shared-strings.ts'
import { damaged } from './workbook-problem.ts'
import type { XmlChunk } from './xml/xml-chunk.ts'
import type { BlankRun, XmlHandler, XmlTag } from './xml/xml-handler.ts'

/** Columns that the format has, with or without a value: A to XFD. */
const SHEET_COLUMNS = 16_384

/** What reading the cells of a sheet requires. */
export interface SheetContext {
  strings: SharedStrings
  styles: NumberStyle[]
  date1904: boolean
  limits: ReadLimits
  /** Called with the number of characters of every row. Throws when their sum is too large. */
  spend(characters: number): void
}

/** A row with at least one value. Its cells end at the last value. */
export interface SheetRow {
  row: number
  cells: string[]
  problem?: RecordProblem
}

/**
 * Turns the XML of a worksheet into rows (ECMA-376, part 1, section 18.3.1). Values are the stored ones, and formulas are
 * not computed. Booleans are `1` and `0`, as templates write yes and no.
 */
export class SheetRows implements XmlHandler {
  idle = 0
  /** The sheet's data has ended. What follows (links, drawings, rules) is not read. */
  ended = false
  private readonly context: SheetContext
  private rows: SheetRow[] = []

  private row = 0
  private cells: string[] = []
  private characters = 0
  private problem: RecordProblem | undefined

  private column = -1
  private type: string | undefined
  private style: number | undefined
  private value: string | undefined
  private formula = false
  private collecting = false
  private phonetic = false

  constructor(context: SheetContext) {
    this.context = context
  }

  blank(chunk: XmlChunk): BlankRun | null {
    return this.ended ? null : blankRows(chunk)
  }

  takeRows(): SheetRow[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  open(name: string, tag: XmlTag): void {
    if (this.ended) return
    if (name === 'c') this.startCell(tag)
    else if (name === 'row') this.startRow(tag.number('r'))
    else if (name === 'v' || (name === 't' && !this.phonetic)) {
      this.value ??= ''
      this.collecting = true
    } else if (name === 'f') this.formula = true
    else if (name === 'rPh') this.phonetic = true
  }

  close(name: string): void {
    if (this.ended) return
    if (name === 'c') this.endCell()
    else if (name === 'row') this.endRow()
    else if (name === 'v' || name === 't') this.collecting = false
    else if (name === 'rPh') this.phonetic = false
    else if (name === 'sheetData') this.ended = true
  }

  text(text: string): void {
    if (!this.collecting || this.ended) return
    this.value += text
    if ((this.value?.length ?? 0) > this.context.limits.cellCharacters * MOST_ESCAPED) {
      throw cellTooLong(this.row, this.column, this.context.limits)
    }
  }

  private startRow(reference: number | undefined): void {
    const row = reference ?? this.row + 1
    if (!Number.isInteger(row) || row <= this.row) throw damaged('its rows are out of order')
    if (row > this.context.limits.sheetRows) throw tooManyRows(this.context.limits.sheetRows)
    this.row = row
    this.cells = []
    this.characters = 0
    this.problem = undefined
    this.column = -1
  }

  private startCell(tag: XmlTag): void {
    const letters = tag.letters('r')
    if (letters === 0) throw damaged('a cell has no column')
    const column = letters === undefined ? this.column + 1 : letters - 1
    if (column <= this.column) throw damaged('its cells are out of order')
    if (column >= SHEET_COLUMNS) throw tooManyColumns(this.row, this.context.limits)
    this.column = column
    this.type = tag.empty ? undefined : tag.attribute('t')
    this.style = tag.empty ? undefined : tag.number('s')
    this.value = undefined
    this.formula = false
  }

  private endCell(): void {
    const { limits } = this.context
    const text = this.cellText()
    if (text === '') return
    this.idle -= IDLE_ELEMENTS_PER_VALUE
    if (this.column >= limits.columns) throw tooManyColumns(this.row, limits)
    if (text.length > limits.cellCharacters) throw cellTooLong(this.row, this.column, limits)
    this.characters += text.length
    if (this.characters > limits.recordBytes) throw recordTooLong(this.row, limits)
    while (this.cells.length < this.column) this.cells.push('')
    this.cells.push(text)
  }

  private endRow(): void {
    const { row, cells, problem } = this
    if (cells.length === 0 && problem === undefined) return
    this.context.spend(this.characters)
    this.rows.push(problem === undefined ? { row, cells } : { row, cells, problem })
  }

  private cellText(): string {
    const { value } = this
    // Libraries that compute nothing write an empty value. A formula whose result is an empty text has the type `str`.
    if (value === undefined || (value === '' && this.formula && this.type !== 'str')) {
      if (this.formula) this.report('formula-not-calculated', 'a formula without a result. Open and save the file')
      return ''
    }
    switch (this.type) {
      case 's':
        return withoutMailto(this.context.strings.get(value === '' ? -1 : Number(value)))
      case 'str':
      case 'inlineStr':
        return withoutMailto(unescapeXstring(value))
      case 'b':
        return value.trim() === '1' || value.trim() === 'true' ? '1' : '0'
      case 'd':
        return isoCellText(value)
      case 'e':
        this.report('formula-error', 'a formula that failed. Correct the formula or type the value')
        return value
      default: {
        const style = this.style === undefined ? undefined : this.context.styles[this.style]
        return numberText(value, style ?? { kind: 'plain' }, this.context.date1904)
      }
    }
  }

  /** Keeps the first problem of a row. */
  private report(code: RecordProblem['code'], what: string): void {
    const column = columnLetters(this.column)
    this.problem ??= { code, message: `Row ${this.row}, column ${column} holds ${what}.`, column }
  }
}

function tooManyColumns(row: number, limits: ReadLimits): FileProblem {
  const message = `Row ${row} has a cell beyond column ${columnLetters(limits.columns - 1)}. At most ${limits.columns} columns can be read.`
  return new FileProblem('too-many-columns', message, { row, expected: String(limits.columns) })
}
