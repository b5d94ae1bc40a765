import { FileProblem } from '../file-problem.ts'
import { COMPARED_RECORDS } from '../limits.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** As a sentence names them. */
export function delimiterName(delimiter: Delimiter): string {
  return delimiter === '\t' ? 'tab' : `'${delimiter}'`
}

/** A `sep=;` line, which Excel obeys and hides: it is no row. */
export interface SeparatorLine {
  delimiter: Delimiter
  /** Characters up to and with its line end. All of them ASCII, so as many bytes in UTF-8. */
  length: number
}

/** @throws FileProblem `delimiter-not-supported` when the line names another character */
export function separatorLine(text: string): SeparatorLine | null {
  const line = /^"?sep=([^\r\n]?)"?(?:\r\n|\n|\r|$)/i.exec(text)
  if (line === null) return null
  const delimiter = delimiters.find((known) => known === line[1])
  if (delimiter === undefined) {
    throw new FileProblem('delimiter-not-supported', 'The "sep=" line names a delimiter that cannot be read.', {
      row: 1,
      expected: 'comma, semicolon, tab or pipe',
    })
  }
  return { delimiter, length: line[0].length }
}

/** Columns of one record under each delimiter. */
type ColumnCounts = Record<Delimiter, number>

/** What speaks for a delimiter: its columns in the header, and in how many of the next records there are as many. */
interface Candidate {
  delimiter: Delimiter
  columns: number
  agreeing: number
}

/**
 * Finds the delimiter in the header and checks that the number of columns agrees in the next records (HAZARDS.md 19).
 *
 * @param text     the first characters of the file, without a `sep=` line
 * @param complete the text is the whole file, so that its last record is not cut
 */
export function detectDelimiter(text: string, complete: boolean): { delimiter: Delimiter; evidence: string } {
  const [header, ...following] = countColumns(text, complete)
  const candidates = delimiters
    .map((delimiter) => candidate(delimiter, header, following))
    .filter(({ columns }) => columns > 1)
    .sort((a, b) => b.agreeing - a.agreeing || b.columns - a.columns)
  const best = candidates[0]
  if (best === undefined) return { delimiter: ',', evidence: 'one column: no delimiter in the header' }
  return { delimiter: best.delimiter, evidence: describe(best, following.length) }
}

/** The same sentence for a delimiter that was given. */
export function delimiterEvidence(text: string, complete: boolean, delimiter: Delimiter): string {
  const [header, ...following] = countColumns(text, complete)
  return describe(candidate(delimiter, header, following), following.length)
}

function candidate(delimiter: Delimiter, header: ColumnCounts | undefined, following: ColumnCounts[]): Candidate {
  const columns = header?.[delimiter] ?? 1
  return { delimiter, columns, agreeing: following.filter((counts) => counts[delimiter] === columns).length }
}

function describe({ delimiter, columns, agreeing }: Candidate, following: number): string {
  const seen = `${columns} ${columns === 1 ? 'column' : 'columns'} split by ${delimiterName(delimiter)} in the header`
  if (following === 0) return seen
  const records = following === 1 ? 'the next record' : `the next ${following} records`
  return agreeing === following ? `${seen} and in ${records}` : `${seen} and in ${agreeing} of ${records}`
}

/** Counts delimiters outside of quoted cells, all four in one pass; blank lines are left out. */
function countColumns(text: string, complete: boolean): ColumnCounts[] {
  const records: ColumnCounts[] = []
  let counts = freshCounts()
  let start = 0
  // A quoted cell is skipped as a whole; marks elsewhere are characters.
  const token = /(?<=^|[,;\t|\r\n])"[^"]*(?:""[^"]*)*(?:"|$)|[,;\t|\r\n]/g
  for (const { 0: found, index } of text.matchAll(token)) {
    if (isDelimiter(found)) counts[found]++
    if (found !== '\n' && found !== '\r') continue
    if (index > start) records.push(counts)
    if (records.length > COMPARED_RECORDS) return records
    counts = freshCounts()
    start = index + 1
  }
  // What the end of the head cuts is compared only when there is nothing else.
  if (start < text.length && (complete || records.length === 0)) records.push(counts)
  return records
}

function freshCounts(): ColumnCounts {
  return { ',': 1, ';': 1, '\t': 1, '|': 1 }
}

function isDelimiter(character: string | undefined): character is Delimiter {
  return character === ',' || character === ';' || character === '\t' || character === '|'
}
