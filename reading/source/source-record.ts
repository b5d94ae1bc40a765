import { columnLetters, FileProblem, type RecordProblem } from '../file-problem.ts'
import type { ReadLimits } from '../limits.ts'

/** One row below the header. Rows without a value are counted, but are not records. */
export interface SourceRecord {
  /** As a spreadsheet shows it: the header of an ordinary file is row 1, blank rows count. */
  row: number
  /** As written, in the order of the columns. If their number differs from the header's, `problem` reports it. */
  cells: string[]
  problem?: RecordProblem
}

/** A cell with one of these characters is checked further. Few cells have one. U+FFFF replaces half a surrogate pair. */
const SUSPICIOUS = /[\0\x80-\x84\x86-\x9F\uFFFF\uD800-\uDFFF]/
const BROKEN = /[\uFFFF\p{Surrogate}]/u
/** Signs of the wrong encoding. U+0085 is not one of them, because it is a line break of mainframes. */
const CONTROL = /[\x80-\x84\x86-\x9F]/

/** Whether every cell is empty. Spreadsheets write a line of delimiters for a cleared row. */
export function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '') return false
  return true
}

/**
 * Makes a record of the cells of a row. Checks for characters that Postgres would reject or silently change (HAZARDS.md 13,
 * 20).
 *
 * @throws FileProblem `cell-too-long`
 */
export function toRecord(row: number, cells: string[], columns: number, limits: ReadLimits): SourceRecord {
  const problem = characterProblem(row, cells, limits) ?? raggedProblem(row, cells.length, columns)
  return problem === undefined ? { row, cells } : { row, cells, problem }
}

/** Rejects a header with too many columns, with damaged characters, or with a cell that is too long. */
export function checkHeader(row: number, header: readonly string[], limits: ReadLimits): void {
  if (header.length > limits.columns) {
    throw new FileProblem(
      'too-many-columns',
      `The header has ${header.length.toLocaleString('en')} columns. At most ${limits.columns} can be read.`,
      { row, found: String(header.length), expected: String(limits.columns) },
    )
  }
  const problem = characterProblem(row, header, limits)
  if (problem === undefined) return
  throw new FileProblem(problem.code === 'nul-character' ? 'nul-character' : 'invalid-encoding', problem.message, {
    row,
    ...(problem.column !== undefined && { column: problem.column }),
  })
}

function characterProblem(row: number, cells: readonly string[], limits: ReadLimits): RecordProblem | undefined {
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? ''
    if (cell.length > limits.cellCharacters) throw cellTooLong(row, index, limits)
    if (!SUSPICIOUS.test(cell)) continue
    const column = columnLetters(index)
    if (cell.includes('\0')) {
      return { code: 'nul-character', message: `Row ${row}, column ${column} holds a NUL character.`, column }
    }
    if (BROKEN.test(cell)) {
      const message = `Row ${row}, column ${column} holds a damaged character (half of a pair).`
      return { code: 'invalid-character', message, column }
    }
    if (CONTROL.test(cell)) {
      const message = `Row ${row}, column ${column} holds a control character: the file is probably in another encoding. Save it as UTF-8.`
      return { code: 'invalid-character', message, column }
    }
  }
  return undefined
}

function raggedProblem(row: number, cells: number, columns: number): RecordProblem | undefined {
  if (cells === columns) return undefined
  const message = `Row ${row} has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header has ${columns}.`
  return cells < columns ? { code: 'too-few-cells', message } : { code: 'too-many-cells', message }
}

/** Also thrown while a cell is still being assembled, so that its size is bounded. */
export function cellTooLong(row: number, index: number, limits: ReadLimits): FileProblem {
  const column = columnLetters(index)
  const most = limits.cellCharacters.toLocaleString('en')
  return new FileProblem('cell-too-long', `Row ${row}, column ${column} is longer than ${most} characters.`, {
    row,
    column,
    expected: `at most ${most} characters`,
  })
}

/** Like `cellTooLong`, for a shared text of a workbook, whose cell is not known. */
export function textTooLong(limits: ReadLimits): FileProblem {
  const most = limits.cellCharacters.toLocaleString('en')
  return new FileProblem('cell-too-long', `The workbook holds a text that is longer than ${most} characters.`, {
    expected: `at most ${most} characters`,
  })
}

export function tooManyRows(limit: number): FileProblem {
  const most = limit.toLocaleString('en')
  return new FileProblem('too-many-rows', `The file has more than ${most} rows. Divide it into several files.`, {
    expected: `at most ${most} rows`,
  })
}

export function recordTooLong(row: number, limits: ReadLimits): FileProblem {
  const most = `${Math.floor(limits.recordBytes / 1024)} KiB`
  return new FileProblem(
    'record-too-long',
    `Row ${row} is longer than ${most}. Is the delimiter or the line end right?`,
    {
      row,
      expected: `at most ${most}`,
    },
  )
}
