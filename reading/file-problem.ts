/** The closed list of what can be wrong with a file as a whole. Stable: programs and the console look at these. */
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

/** Where the problem is, and what was found there instead of what. `found` never quotes a cell of a person. */
export interface FileProblemPlace {
  /** As a spreadsheet numbers it: the header of an ordinary file is row 1. */
  row?: number
  /** As a spreadsheet letters it: `A` is the first. */
  column?: string
  found?: string
  expected?: string
}

/**
 * The file cannot be read. The message is a sentence for a person: what was found, what was expected, what to do.
 * It holds no cell contents, so it may be logged (HAZARDS.md 25).
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

  /** The place alone, for a message to another thread or a problem detail. */
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

/** The closed list of what can be wrong with one record. The other records are not affected. */
export const recordProblemCodes = [
  'too-few-cells',
  'too-many-cells',
  'nul-character',
  'invalid-character',
  'formula-error',
  'formula-not-calculated',
] as const
export type RecordProblemCode = (typeof recordProblemCodes)[number]

/** What is wrong with one record. The message is for a person and holds no cell contents. */
export interface RecordProblem {
  code: RecordProblemCode
  message: string
  /** As a spreadsheet letters it: `A` is the first. */
  column?: string
}

/** The letters over a column: 0 is `A`, 25 is `Z`, 26 is `AA`. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
