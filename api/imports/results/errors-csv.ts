import { stringify } from 'csv-stringify/sync'
import type { Connections, Db } from '../../../db/core/database.ts'
import { fileSource } from '../../../db/files/file-source.ts'
import { rowErrors } from '../../../db/imports/rows/row-errors.ts'
import type { StoredDetection } from '../../../db/tables/imports.ts'
import { parentOf, reasonHeader } from '../../../domain/imports/repair.ts'
import { type CellError, reasonsOf } from '../../../domain/problems/problem.ts'
import {
  type Encoding,
  encodeText,
  markOf,
  openFile,
  type ReadHints,
  type SourceRecord,
} from '../../../reading/index.ts'

interface Source {
  importId: string
  fileId: string
  fileName: string
  detection: StoredDetection | null
}

/**
 * Streams the rows with errors from the stored file, to correct and upload again. Keeps the file's columns, order,
 * delimiter and encoding, and writes the reasons into a first column, which replaces that of an earlier errors file. A
 * workbook becomes CSV. Cells are returned exactly as they were read, because the file is read again.
 */
export async function* errorsCsv({ db, pool }: Connections, source: Source): AsyncGenerator<Buffer> {
  const encoding = (source.detection?.encoding ?? 'utf-8') as Encoding
  const delimiter = source.detection?.delimiter ?? ','
  const line = (cells: string[]) => encodeText(stringify([cells], { delimiter, record_delimiter: '\r\n' }), encoding)
  const file = await openFile(await fileSource(pool, source.fileId), hintsOf(source))
  try {
    const reasons = file.header.map((header) => parentOf(header) !== null)
    const own = (cells: string[]) => cells.filter((_, index) => !reasons[index])
    yield markOf(encoding)
    yield line([reasonHeader(source.importId), ...own(file.header)])
    for await (const records of file.batches) {
      const errors = await errorsOf(db, source.importId, records)
      const wrong = records.filter(({ row }) => errors.has(row))
      for (const { row, cells } of wrong) yield line([reasonsOf(errors.get(row) ?? []), ...own(cells)])
    }
  } finally {
    await file.close()
  }
}

/** Returns hints that read the file as the import read it, without detecting its format again. */
function hintsOf({ fileName, detection }: Source): ReadHints {
  const { encoding, delimiter, sheet } = detection ?? { encoding: null, delimiter: null, sheet: null }
  return {
    fileName,
    ...(encoding ? { encoding: encoding as Encoding } : {}),
    ...(delimiter ? { delimiter: delimiter as NonNullable<ReadHints['delimiter']> } : {}),
    ...(sheet ? { sheet } : {}),
  }
}

async function errorsOf(db: Db, importId: string, records: SourceRecord[]): Promise<Map<number, CellError[]>> {
  const [first, last] = [records[0], records.at(-1)]
  return first && last ? rowErrors(db, importId, first.row, last.row) : new Map()
}
