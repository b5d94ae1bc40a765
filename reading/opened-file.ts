import type { Delimiter } from './detect/delimiter.ts'
import type { Encoding } from './detect/encoding.ts'
import type { ReadLimits } from './limits.ts'
import type { SourceRecord } from './source/source-record.ts'

export type FileFormat = 'csv' | 'xlsx'

/** How an administrator chose to read a file. An absent choice is detected. Each choice is named in the evidence. */
export interface ReadChoices {
  encoding?: Encoding | undefined
  delimiter?: Delimiter | undefined
  /** A sheet by its name. */
  sheet?: string | undefined
}

export interface ReadHints extends ReadChoices {
  /** Used in the evidence only. The bytes decide what a file is. */
  fileName: string
  limits?: Partial<ReadLimits>
  /** Ends the reading at any point. Pending calls throw the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What the file was read as, and why, in sentences for an administrator. */
export interface Detection {
  format: FileFormat
  encoding: Encoding | null
  delimiter: Delimiter | null
  sheet: string | null
  /** Sheets of a workbook that can be chosen. */
  sheets: string[] | null
  evidence: string[]
}

/** A table whose header has been read. */
export interface OpenedTable {
  detection: Detection
  /** As found, without the byte order mark. */
  header: string[]
  /** 1, unless blank rows precede the header. */
  headerRow: number
  /** Records below the header, about a thousand at a time. Can be read once. Throws FileProblem. */
  batches: AsyncGenerator<SourceRecord[]>
}

/** A file whose header has been read. Read the batches to the end, or call `close`. */
export interface OpenedFile extends Omit<OpenedTable, 'batches'> {
  batches: AsyncIterable<SourceRecord[]>
  /** Ends the source and the thread. Has no effect after the end or when called twice. */
  close(): Promise<void>
}
