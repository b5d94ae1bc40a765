import type { FileProblemCode, FileProblemPlace } from '../file-problem.ts'
import type { ReadLimits } from '../limits.ts'
import type { FileFormat, OpenedTable, ReadChoices } from '../opened-file.ts'
import type { SourceRecord } from '../source/source-record.ts'

/** What the thread is started with. It asks for the bytes of the file as it needs them. */
export interface ThreadInput {
  format: FileFormat
  /** Bytes of the file. */
  size: number
  choices: ReadChoices
  limits: ReadLimits
}

/** Asks for the bytes at a place, or for the next bytes of a stream, which its first question opens. */
export type ThreadQuestion =
  | { type: 'read'; id: number; start: number; end: number }
  | { type: 'next'; id: number; stream: number }

export type ThreadMessage =
  | ThreadQuestion
  | { type: 'close'; stream: number }
  | ({ type: 'opened' } & Omit<OpenedTable, 'batches'>)
  | { type: 'records'; records: SourceRecord[] }
  | { type: 'end' }
  | { type: 'problem'; code: FileProblemCode; message: string; place: FileProblemPlace }

/** What the thread receives: that a batch was taken, or the answer to a question. `bytes` is null after the last byte. */
export type ThreadOrder = { type: 'more' } | { type: 'bytes'; id: number; bytes: Uint8Array | null }
