import type { Db } from '../db/database.ts'
import { readFile, type StoredFile } from '../db/queries/files.ts'
import type { ReadingChoices } from '../db/tables/imports.ts'
import { type ColumnMap, checkHeaders } from '../domain/headers.ts'
import { type Person, readPerson } from '../domain/person.ts'
import { type HeaderError, type Problem, problem } from '../domain/problem.ts'
import { templates } from '../domain/templates/index.ts'
import { type Detection, FileProblem, type OpenedFile, openFile, type ReadHints } from '../reading/index.ts'

/** Records that are shown. */
const SHOWN = 10

export interface Preview {
  file: { name: string; size: number; sha256: string } & Partial<Detection>
  headers: string[]
  /** The first records as written. */
  cells: string[][]
  /** Header by field; titles are `title 1`, `title 2`, … */
  mapping: Record<string, string>
  /** The first records as they will be read. */
  people: (Omit<Person, 'emailKey'> & { row: number })[]
  records: number
  /** What refuses the whole file. */
  problems: Problem[]
}

/**
 * Reads a stored file as an import would, to its end, and writes nothing. A file that an import would refuse is an
 * answer here, with its problems.
 */
export async function previewFile(
  db: Db,
  stored: StoredFile & { name: string },
  templateId: string,
  reading: ReadingChoices,
): Promise<Preview> {
  const { name, size } = stored
  const file = { name, size, sha256: stored.sha256.toString('hex') }
  const preview: Preview = { file, headers: [], cells: [], mapping: {}, people: [], records: 0, problems: [] }
  try {
    const hints: ReadHints = { fileName: name, ...(reading as Partial<ReadHints>) }
    const opened = await openFile(() => readFile(db, stored.fileId), hints)
    try {
      await fill(preview, opened, templateId)
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    const { code, row = null, column = null } = error
    preview.problems.push(problem(code, 422, 'The file cannot be read', error.message, { row, column }))
  }
  return preview
}

async function fill(preview: Preview, opened: OpenedFile, templateId: string): Promise<void> {
  const { detection, header, batches } = opened
  Object.assign(preview.file, detection)
  preview.headers = header
  const columns = columnsOf(preview, templateId, header)
  for await (const records of batches) {
    for (const { row, cells, problem: unreadable } of records.slice(0, SHOWN - preview.cells.length)) {
      preview.cells.push(cells)
      if (!columns || unreadable) continue
      const { emailKey: _, ...person } = readPerson(cells, columns)
      preview.people.push({ row, ...person })
    }
    preview.records += records.length
  }
}

function columnsOf(preview: Preview, templateId: string, header: string[]): ColumnMap | null {
  const template = templates.get(templateId)
  const checked = template && checkHeaders(template, header)
  if (!checked) return null
  if (!checked.ok) {
    preview.problems.push(headersRefused(checked.errors))
    return null
  }
  const { fields, titles } = checked.columns
  for (const [field, index] of fields) preview.mapping[field] = header[index] ?? ''
  for (const [i, index] of titles.entries()) preview.mapping[`title ${i + 1}`] = header[index] ?? ''
  return checked.columns
}

function headersRefused(headers: HeaderError[]): Problem {
  const detail = 'The header row does not fit the template; each header that does not is listed.'
  return problem('invalid-headers', 422, 'The headers do not fit the template', detail, { headers })
}
