import { stringify } from 'csv-stringify/sync'
import writeWorkbook from 'write-excel-file/node'
import type { Template } from '../../domain/people/templates/index.ts'
import { XLSX_TYPE } from './upload/read-upload.ts'

/** Returns a template as a CSV file to fill in, with its headers and three example rows. */
export function templateCsv({ id, exampleHeader, examples }: Template): Response {
  // RFC 4180, with a BOM. Without it, Excel does not read the file as UTF-8.
  const text = stringify([exampleHeader, ...examples], { record_delimiter: '\r\n', bom: true })
  return download(text, `${id}.csv`, 'text/csv; charset=utf-8; header=present')
}

/** Returns a template as a workbook. Every cell is text, so that Excel does not convert what is typed. */
export async function templateXlsx({ id, name, exampleHeader, examples }: Template): Promise<Response> {
  const cell = (value: string) => ({ value, type: String, format: '@' })
  const header = exampleHeader.map((value) => ({ ...cell(value), fontWeight: 'bold' as const }))
  const columns = exampleHeader.map((title) => ({ width: Math.max(14, title.length + 2) }))
  const rows = [header, ...examples.map((row) => row.map(cell))]
  const bytes = await writeWorkbook(rows, { columns, sheet: name, stickyRowsCount: 1 }).toBuffer()
  return download(new Uint8Array(bytes), `${id}.xlsx`, XLSX_TYPE)
}

function download(body: string | Uint8Array<ArrayBuffer>, name: string, type: string): Response {
  return new Response(body, {
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` },
  })
}
