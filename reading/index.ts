export { type ByteSource, bytesSource } from './byte-source.ts'
export { type Delimiter, delimiters } from './delimiter.ts'
export { encodeText, markOf } from './encode.ts'
export { type Encoding, encodings } from './encoding.ts'
export {
  FileProblem,
  type FileProblemCode,
  type FileProblemPlace,
  type RecordProblem,
  type RecordProblemCode,
} from './file-problem.ts'
export { defaultReadLimits, type ReadLimits } from './limits.ts'
export { type Detection, type FileFormat, type OpenedFile, openFile, type ReadHints } from './open-file.ts'
export type { SourceRecord } from './source-record.ts'
