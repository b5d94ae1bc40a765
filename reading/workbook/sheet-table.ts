import { FileProblem } from '../file-problem.ts'
import type { ReadLimits } from '../limits.ts'
import type { ByteSource } from '../source/byte-source.ts'
import { checkHeader, type SourceRecord, toRecord } from '../source/source-record.ts'
import { readSharedStrings } from './cells/shared-strings.ts'
import { readStyles } from './cells/styles.ts'
import { type SheetContext, type SheetRow, SheetRows } from './sheet-rows.ts'
import { readWorkbook, type SheetEntry } from './workbook.ts'
import { readXml } from './xml/xml.ts'
import { ZipParts } from './zip.ts'

/** Sheets that are offered to choose from. A longer list is unusable. */
const MAX_NAMED = 100

/** A sheet whose header has been read. */
export interface SheetTable {
  sheet: string
  /** The sheets that can be chosen, in the workbook's order, at most MAX_NAMED. */
  sheets: string[]
  evidence: string[]
  header: string[]
  headerRow: number
  batches: AsyncGenerator<SourceRecord[]>
}

/**
 * Opens a workbook and, without a name, its first visible sheet that holds anything (hidden ones only when no other does).
 *
 * @throws FileProblem
 */
export async function openSheet(
  file: Pick<ByteSource, 'size' | 'read'>,
  wanted: string | undefined,
  limits: ReadLimits,
): Promise<SheetTable> {
  const zip = await ZipParts.open(file, limits)
  const workbook = await readWorkbook(zip)
  const sheets = candidates(workbook.sheets, wanted)
  const strings = await readSharedStrings(zip, workbook, limits)
  const styles = await readStyles(zip, workbook.stylesPart)
  const spend = (characters: number) => zip.spend(characters)
  const context = { strings, styles, date1904: workbook.date1904, limits, spend }
  for (const sheet of sheets) {
    const rows = readRows(zip, sheet, context)
    const first = await rows.next()
    if (first.done) continue
    const [header, ...rest] = first.value
    if (header === undefined) continue
    checkHeader(header.row, header.cells, limits)
    const width = header.cells.length
    return {
      sheet: sheet.name,
      sheets: workbook.sheets.slice(0, MAX_NAMED).map(({ name }) => name),
      evidence: evidence(sheet, workbook.sheets, wanted),
      header: header.cells,
      headerRow: header.row,
      batches: batchesOf(rest, rows, width, limits),
    }
  }
  throw new FileProblem('no-header', 'The workbook has no header: there is nothing in its sheets.', {})
}

function candidates(sheets: SheetEntry[], wanted: string | undefined): SheetEntry[] {
  if (wanted === undefined) return [...sheets.filter(({ hidden }) => !hidden), ...sheets.filter(({ hidden }) => hidden)]
  const exact = sheets.find(({ name }) => name === wanted)
  const key = (name: string) => name.trim().toLowerCase()
  const found = exact ?? sheets.find(({ name }) => key(name) === key(wanted))
  if (found !== undefined) return [found]
  const names = sheets.slice(0, 20).map(({ name }) => `"${name}"`)
  throw new FileProblem('sheet-not-found', `The workbook has no sheet of that name. It has ${names.join(', ')}.`, {
    found: names.join(', '),
    expected: wanted.slice(0, 100),
  })
}

function evidence(sheet: SheetEntry, sheets: SheetEntry[], wanted: string | undefined): string[] {
  const others = sheets.length === 1 ? 'the only sheet' : `one of ${sheets.length} sheets`
  if (wanted !== undefined) return [`sheet "${sheet.name}", as chosen; ${others}`]
  if (sheets.length === 1) return [`sheet "${sheet.name}"; ${others}`]
  return [`sheet "${sheet.name}", the first ${sheet.hidden ? '(hidden) ' : ''}with data; ${others}`]
}

async function* readRows(zip: ZipParts, sheet: SheetEntry, context: SheetContext): AsyncGenerator<SheetRow[]> {
  const handler = new SheetRows(context)
  for await (const _ of readXml(zip.inflate(sheet.part), handler, () => handler.ended)) {
    const rows = handler.takeRows()
    if (rows.length > 0) yield rows
  }
  const rows = handler.takeRows()
  if (rows.length > 0) yield rows
}

async function* batchesOf(
  first: SheetRow[],
  rows: AsyncGenerator<SheetRow[]>,
  columns: number,
  limits: ReadLimits,
): AsyncGenerator<SourceRecord[]> {
  try {
    yield first.map((row) => sheetRecord(row, columns, limits))
    for await (const more of rows) yield more.map((row) => sheetRecord(row, columns, limits))
  } finally {
    await rows.return(undefined)
  }
}

/** Workbooks omit empty cells at the end of a row, so no row is too short. */
function sheetRecord({ row, cells, problem }: SheetRow, columns: number, limits: ReadLimits): SourceRecord {
  while (cells.length < columns) cells.push('')
  const record = toRecord(row, cells, columns, limits)
  return problem === undefined ? record : { ...record, problem }
}
