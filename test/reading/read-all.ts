import {
  type ByteSource,
  bytesSource,
  type Detection,
  defaultReadLimits,
  type FileProblem,
  openFile,
  type ReadHints,
  type ReadLimits,
  type SourceRecord,
} from '../../reading/index.ts'
import { openSheet } from '../../reading/workbook/sheet-table.ts'

export interface Everything {
  detection: Detection
  header: string[]
  headerRow: number
  records: SourceRecord[]
}

/** Reads a file to its end. Text becomes UTF-8. The file name only matters in tests that set it. */
export async function readAll(file: Uint8Array | string, hints: Partial<ReadHints> = {}): Promise<Everything> {
  return readSource(bytesSource(Buffer.from(file)), hints)
}

/** Reads text from a stream. Text is never read by position. */
export async function readFrom(
  open: () => AsyncIterable<Uint8Array>,
  hints: Partial<ReadHints> = {},
): Promise<Everything> {
  return readSource(streamed(open), hints)
}

/** A file that is a stream. Its size does not matter. */
export function streamed(open: () => AsyncIterable<Uint8Array>): ByteSource {
  return { size: 0, open, read: () => Promise.reject(new Error('Only a workbook is read by places')) }
}

export async function readSource(file: ByteSource, hints: Partial<ReadHints> = {}): Promise<Everything> {
  const { detection, header, headerRow, batches } = await openFile(file, { fileName: 'people', ...hints })
  const records: SourceRecord[] = []
  for await (const batch of batches) records.push(...batch)
  return { detection, header, headerRow, records }
}

/** Returns only the header and the cells. */
export async function readCells(file: Uint8Array | string, hints: Partial<ReadHints> = {}): Promise<string[][]> {
  const { header, records } = await readAll(file, hints)
  return [header, ...records.map(({ cells }) => cells)]
}

/** Returns the problem for which a file is rejected. Fails the test if the file is read. */
export async function problemOf(file: Uint8Array | string, hints: Partial<ReadHints> = {}): Promise<FileProblem> {
  return readAll(file, hints).then(
    () => {
      throw new Error('The file was read, but it should have been refused')
    },
    (problem: FileProblem) => problem,
  )
}

/** Reads a workbook without a thread. A thread takes a quarter of a second to start from TypeScript. */
export async function readSheet(
  file: Buffer,
  limits: Partial<ReadLimits> = {},
): Promise<Omit<Everything, 'detection'>> {
  const { header, headerRow, batches } = await openSheet(bytesSource(file), undefined, {
    ...defaultReadLimits,
    ...limits,
  })
  const records: SourceRecord[] = []
  for await (const batch of batches) records.push(...batch)
  return { header, headerRow, records }
}

export async function sheetCells(file: Buffer): Promise<string[][]> {
  const { header, records } = await readSheet(file)
  return [header, ...records.map(({ cells }) => cells)]
}

/** Like `problemOf`, but without a thread. */
export async function sheetProblem(file: Buffer, limits: Partial<ReadLimits> = {}): Promise<FileProblem> {
  return readSheet(file, limits).then(
    () => {
      throw new Error('The workbook was read, but it should have been refused')
    },
    (problem: FileProblem) => problem,
  )
}

/** A source that yields pieces of this many bytes. */
export function inPieces(file: Uint8Array | string, bytes: number): () => AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(file)
  return async function* () {
    for (let start = 0; start < whole.byteLength; start += bytes) yield whole.subarray(start, start + bytes)
  }
}

/** Encodes text as a file. Windows-1252 supports only Latin-1, €, – and ’. */
export function encoded(
  text: string,
  encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252',
): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-8-bom':
      return Buffer.from(`\uFEFF${text}`)
    case 'utf-16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le')
    case 'utf-16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
    case 'windows-1252':
      return Buffer.from(text.replaceAll('€', '\x80').replaceAll('–', '\x96').replaceAll('’', '\x92'), 'latin1')
  }
}
