import type { Connections, Db } from '../../../db/core/database.ts'
import type { StoredFile } from '../../../db/files/files.ts'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import type { ColumnMap } from '../../../domain/people/headers.ts'
import type { Matched } from '../../../domain/people/match-columns.ts'
import { type Person, readPerson } from '../../../domain/people/person.ts'
import { fileUnreadable, noRecords } from '../../../domain/problems/file-problems.ts'
import type { Problem } from '../../../domain/problems/problem.ts'
import { type Detection, FileProblem, type OpenedFile, type SourceRecord } from '../../../reading/index.ts'
import { readStoredFile } from '../upload/read-stored-file.ts'
import { type FileColumns, type MatchRequest, matchFile, SAMPLED_RECORDS } from './match-file.ts'

/** Records in a preview. */
const SHOWN_RECORDS = 10

export interface PreviewRequest extends MatchRequest {
  reading: ReadingChoices
  /** The number of records, if an earlier preview with this reading counted them. Then only the first ones are read. */
  records?: number | null
  /** Receives the number of records after the file was read to its end. */
  onCounted?: (records: number) => Promise<void>
  /** Aborts when the client stops waiting for the preview. */
  signal?: AbortSignal
}

export interface Preview extends FileColumns {
  file: { name: string; size: number; sha256: string } & Partial<Detection>
  headers: string[]
  /** The first records as written. */
  cells: string[][]
  /** The first records as an import would read them. */
  people: (Omit<Person, 'emailKey'> & { row: number })[]
  records: number
  /** Problems that would reject the whole file. */
  problems: Problem[]
}

/**
 * Reads a stored file as an import would, and changes nothing. Reads to the end unless the records were counted before.
 * If an import would reject the file, the preview lists the problems. Memory does not grow with the file, and the
 * limits of reading bound the time.
 */
export async function previewFile(
  { db, pool }: Connections,
  stored: StoredFile & { name: string },
  request: PreviewRequest,
) {
  const { name, size } = stored
  const preview = emptyPreview({ name, size, sha256: stored.sha256.toString('hex') }, request.template?.id ?? null)
  try {
    await readStoredFile(pool, stored, request, (opened) => fill(db, preview, opened, request))
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    preview.problems.push(fileUnreadable(error))
  }
  return preview
}

function emptyPreview(file: Preview['file'], template: string | null): Preview {
  const lists = { headers: [], cells: [], columns: [], missing: [], people: [], problems: [] }
  return { file, template, mapping: {}, mappingSource: null, savedMapping: null, records: 0, ...lists }
}

async function fill(db: Db, preview: Preview, opened: OpenedFile, request: PreviewRequest): Promise<void> {
  const { detection, header, batches } = opened
  Object.assign(preview.file, detection)
  preview.headers = header
  let matched: Matched | null = null
  try {
    for await (const records of batches) {
      if (request.signal?.aborted) return
      matched ??= await match(db, preview, request, records.slice(0, SAMPLED_RECORDS))
      for (const record of records.slice(0, SHOWN_RECORDS - preview.cells.length)) {
        preview.cells.push(record.cells)
        if (matched.columns) preview.people.push(shownPerson(record, matched.columns, request))
      }
      preview.records += records.length
      if (request.records != null && preview.records >= SAMPLED_RECORDS) break
    }
    if (request.records != null) preview.records = request.records
    else await request.onCounted?.(preview.records)
    if (preview.records === 0) preview.problems.push(noRecords())
  } finally {
    // If the first records cannot be read, the headers alone decide.
    if (!matched) await match(db, preview, request, [])
  }
}

/** Matches the columns and adds them to the preview. */
async function match(db: Db, preview: Preview, request: PreviewRequest, records: SourceRecord[]): Promise<Matched> {
  const samples = records.map(({ cells }) => cells)
  const { matched, ...columns } = await matchFile(db, preview.headers, samples, request)
  Object.assign(preview, columns)
  if (matched.problem) preview.problems.push(matched.problem)
  return matched
}

/** Returns a record as an import would read it. A malformed record has only its error. */
function shownPerson({ row, cells, problem }: SourceRecord, columns: ColumnMap, { company }: PreviewRequest) {
  const { emailKey: _, ...person } = readPerson(problem ? [] : cells, columns, { company: company?.name ?? null })
  if (!problem) return { row, ...person }
  const { column = null, code, message } = problem
  return { row, ...person, errors: [{ column, code, message, value: null }] }
}
