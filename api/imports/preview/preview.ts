import type { Connections, Db } from '../../../db/core/database.ts'
import { fileSource } from '../../../db/files/file-source.ts'
import type { StoredFile } from '../../../db/files/files.ts'
import type { ReadingChoices } from '../../../db/tables/imports.ts'
import type { ColumnMap } from '../../../domain/people/headers.ts'
import type { Matched } from '../../../domain/people/match-columns.ts'
import { type Person, readPerson } from '../../../domain/people/person.ts'
import { fileUnreadable, noRecords } from '../../../domain/problems/file-problems.ts'
import type { Problem } from '../../../domain/problems/problem.ts'
import {
  type Detection,
  FileProblem,
  type OpenedFile,
  openFile,
  type ReadHints,
  type SourceRecord,
} from '../../../reading/index.ts'
import { type FileColumns, type MatchRequest, matchFile } from './match-file.ts'

/** Records that are shown. */
const SHOWN = 10

/** Records whose cells are looked at to tell what a column holds. */
const SAMPLED = 100

/** What is asked of a file. */
export interface PreviewRequest extends MatchRequest {
  reading: ReadingChoices
  /** How many records the file has, read so, where that is known: then only its first ones are read. */
  records?: number | null
  /** Is told how many there are when the file was read to its end. */
  onCounted?: (records: number) => Promise<void>
  /** Fires when nobody waits for the answer any more. */
  signal?: AbortSignal
}

export interface Preview extends FileColumns {
  file: { name: string; size: number; sha256: string } & Partial<Detection>
  headers: string[]
  /** The first records as written. */
  cells: string[][]
  /** The first records as they will be read. */
  people: (Omit<Person, 'emailKey'> & { row: number })[]
  records: number
  /** What refuses the whole file. */
  problems: Problem[]
}

/**
 * Reads a stored file as an import would, to its end unless that was done before, and changes nothing of it. A file that an import would refuse is an
 * answer here, with its problems. Memory does not grow with the file, and the limits of reading bound the time.
 */
export async function previewFile(
  { db, pool }: Connections,
  stored: StoredFile & { name: string },
  request: PreviewRequest,
) {
  const { name, size } = stored
  const preview = nothingYet({ name, size, sha256: stored.sha256.toString('hex') }, request.template?.id ?? null)
  try {
    const hints: ReadHints = { fileName: name, ...(request.reading as Partial<ReadHints>), signal: request.signal }
    const opened = await openFile(await fileSource(pool, stored.fileId), hints)
    try {
      await fill(db, preview, opened, request)
    } finally {
      await opened.close()
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    preview.problems.push(fileUnreadable(error))
  }
  return preview
}

function nothingYet(file: Preview['file'], template: string | null): Preview {
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
      matched ??= await match(db, preview, request, records.slice(0, SAMPLED))
      for (const record of records.slice(0, SHOWN - preview.cells.length)) {
        preview.cells.push(record.cells)
        if (matched.columns) preview.people.push(shownPerson(record, matched.columns, request))
      }
      preview.records += records.length
      if (request.records != null && preview.records >= SAMPLED) break
    }
    if (request.records != null) preview.records = request.records
    else await request.onCounted?.(preview.records)
    if (preview.records === 0) preview.problems.push(noRecords())
  } finally {
    // A file whose first records cannot be read has headers all the same.
    if (!matched) await match(db, preview, request, [])
  }
}

/** Finds out what the columns are and tells it. */
async function match(db: Db, preview: Preview, request: PreviewRequest, records: SourceRecord[]): Promise<Matched> {
  const samples = records.map(({ cells }) => cells)
  const { matched, ...told } = await matchFile(db, preview.headers, samples, request)
  Object.assign(preview, told)
  if (matched.problem) preview.problems.push(matched.problem)
  return matched
}

/** A record as it will be read; one that cannot be read has its error and nothing else. */
function shownPerson({ row, cells, problem }: SourceRecord, columns: ColumnMap, { company }: PreviewRequest) {
  const { emailKey: _, ...person } = readPerson(problem ? [] : cells, columns, { company: company?.name ?? null })
  if (!problem) return { row, ...person }
  const { column = null, code, message } = problem
  return { row, ...person, errors: [{ column, code, message, value: null }] }
}
