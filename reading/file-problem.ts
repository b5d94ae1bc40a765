/** The reasons why a whole file is rejected. Stable, because programs and the console use them. */
export const fileProblemCodes = [
  // Not what its name says
  'empty-file',
  'not-a-spreadsheet',
  'file-is-pdf',
  'file-is-old-xls',
  'file-is-xlsb',
  'file-is-html',
  'file-is-xml',
  'file-is-json',
  'file-is-rtf',
  'file-is-image',
  'file-is-archive',
  'file-is-ods',
  'file-is-numbers',
  'file-is-other-office',
  'workbook-encrypted',
  'workbook-damaged',
  // Text
  'invalid-encoding',
  'nul-character',
  'delimiter-not-supported',
  'unclosed-quote',
  'stray-quote',
  // Content
  'no-header',
  'sheet-not-found',
  // Limits
  'file-too-large',
  'too-many-rows',
  'too-many-columns',
  'cell-too-long',
  'record-too-long',
  'too-many-strings',
  'zip-bomb',
  'dtd-refused',
  'workbook-too-complex',
] as const
export type FileProblemCode = (typeof fileProblemCodes)[number]

/** Where the problem is, and what was found and expected there. `found` never quotes a cell. */
export interface FileProblemPlace {
  /** As a spreadsheet numbers it. The header of an ordinary file is row 1. */
  row?: number
  /** As a spreadsheet names it. `A` is the first. */
  column?: string
  found?: string
  expected?: string
}

/**
 * The file cannot be read. The message says what was found, what was expected and what to do. It holds no cell contents, so
 * it may be logged (HAZARDS.md 25).
 */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly code: FileProblemCode
  readonly row?: number
  readonly column?: string
  readonly found?: string
  readonly expected?: string

  constructor(code: FileProblemCode, message: string, place: FileProblemPlace = {}) {
    super(message)
    this.code = code
    if (place.row !== undefined) this.row = place.row
    if (place.column !== undefined) this.column = place.column
    if (place.found !== undefined) this.found = place.found
    if (place.expected !== undefined) this.expected = place.expected
  }

  /** The place only, for a message to another thread or a problem detail. */
  get place(): FileProblemPlace {
    const { row, column, found, expected } = this
    return {
      ...(row !== undefined && { row }),
      ...(column !== undefined && { column }),
      ...(found !== undefined && { found }),
      ...(expected !== undefined && { expected }),
    }
  }
}

/** The problems of one record. They do not affect other records. */
export const recordProblemCodes = [
  'too-few-cells',
  'too-many-cells',
  'nul-character',
  'invalid-character',
  'formula-error',
  'formula-not-calculated',
] as const
export type RecordProblemCode = (typeof recordProblemCodes)[number]

/** A problem of one record. The message holds no cell contents. */
export interface RecordProblem {
  code: RecordProblemCode
  message: string
  /** As a spreadsheet names it. `A` is the first. */
  column?: string
}

/** Returns the letters of a column: `A` for 0, `Z` for 25, `AA` for 26. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
