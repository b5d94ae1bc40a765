export { type Delimiter, delimiters } from './detect/delimiter.ts'
export { type Encoding, encodings } from './detect/encoding.ts'
export {
  FileProblem,
  type FileProblemCode,
  type FileProblemPlace,
  type RecordProblem,
  type RecordProblemCode,
} from './file-problem.ts'
export { defaultReadLimits, type ReadLimits } from './limits.ts'
export { openFile } from './open-file.ts'
export type { Detection, FileFormat, OpenedFile, ReadHints } from './opened-file.ts'
export { type ByteSource, bytesSource } from './source/byte-source.ts'
export type { SourceRecord } from './source/source-record.ts'
export { encodeText, markOf } from './text/encode.ts'
