import { type ZipEntry, zip } from './zip-writer.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface SheetXml {
  name: string
  /** The content of `<sheetData>`. */
  rows: string
  state?: 'hidden' | 'veryHidden'
  /** The complete part, in place of one with `rows`. */
  xml?: string
}

export interface WorkbookXml {
  sheets: SheetXml[]
  /** The content of `<sst>`. */
  strings?: string
  /** Format codes of numbers. Style 1 is the first of them. */
  formats?: string[]
  date1904?: boolean
  /** Further parts, or replacements for parts with the same name. */
  parts?: ZipEntry[]
}

/** Writes the XML of a workbook by hand, to cover what spreadsheets write and libraries do not. */
export function workbook(book: WorkbookXml): Buffer {
  const own: ZipEntry[] = [
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', content: workbookPart(book) },
    { name: 'xl/_rels/workbook.xml.rels', content: workbookRelations(book) },
    { name: 'xl/styles.xml', content: stylesPart(book.formats ?? []) },
    ...book.sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetPart(sheet) })),
  ]
  if (book.strings !== undefined)
    own.push({ name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${book.strings}</sst>` })
  const replaced = new Set(book.parts?.map(({ name }) => name))
  return zip([...own.filter(({ name }) => !replaced.has(name)), ...(book.parts ?? [])])
}

/** A workbook with one sheet. Each cell of its rows is the XML of a `<c>`. */
export function sheet(rows: string, more: Omit<WorkbookXml, 'sheets'> = {}): Buffer {
  return workbook({ sheets: [{ name: 'People', rows }], ...more })
}

/** A row of inline texts. */
export function textRow(row: number, cells: string[]): string {
  const xml = cells.map(
    (text, index) => `<c r="${String.fromCharCode(65 + index)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  )
  return `<row r="${row}">${xml.join('')}</row>`
}

function workbookPart({ sheets, date1904 }: WorkbookXml): string {
  const list = sheets.map(({ name, state }, index) => {
    const hidden = state === undefined ? '' : ` state="${state}"`
    return `<sheet name="${name}" sheetId="${index + 1}"${hidden} r:id="rId${index + 1}"/>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`
}

function workbookRelations({ sheets, strings }: WorkbookXml): string {
  const list: [string, string, string][] = sheets.map((_, index) => [
    `rId${index + 1}`,
    'worksheet',
    `worksheets/sheet${index + 1}.xml`,
  ])
  list.push(['rIdStyles', 'styles', '/xl/styles.xml'])
  if (strings !== undefined) list.push(['rIdStrings', 'sharedStrings', 'sharedStrings.xml'])
  return relations(list)
}

function relations(list: [id: string, type: string, target: string][]): string {
  const xml = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}">${xml.join('')}</Relationships>`
}

function stylesPart(formats: string[]): string {
  const codes = formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
  const styles = formats.map((_, index) => `<xf numFmtId="${164 + index}" applyNumberFormat="1"/>`)
  return `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`
}

function sheetPart({ rows, xml }: SheetXml): string {
  return (
    xml ??
    `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`
  )
}
