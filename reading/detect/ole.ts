import type { FileProblem, FileProblemCode } from '../file-problem.ts'
import type { ByteSource } from '../source/byte-source.ts'
import { EndsTooEarly, FileBlocks } from '../source/file-blocks.ts'
import { isSomethingElse } from './signature.ts'

/** Streams that identify an OLE file. The first match decides. */
const STREAMS: [names: string[], code: FileProblemCode, what: string][] = [
  [
    ['EncryptedPackage', 'EncryptionInfo'],
    'workbook-encrypted',
    'a workbook protected with a password. Save it without one',
  ],
  [['Workbook', 'Book'], 'file-is-old-xls', 'a workbook in the old .xls format'],
  [['WordDocument'], 'file-is-other-office', 'a Word document'],
  [['PowerPoint Document'], 'file-is-other-office', 'a PowerPoint presentation'],
]

/** Sectors of the directory that are read, with at least four streams in each. Documents have a dozen streams. */
const MOST_SECTORS = 64

const HEADER_BYTES = 512
const ENTRY_BYTES = 128
/** Entries of the header's list of allocation table sectors. Longer lists continue elsewhere in the file. */
const TABLE_PLACES = 109

/**
 * Identifies an OLE file by the names in its directory ([MS-CFB], sections 2.2, 2.3 and 2.6). Reads a few kilobytes of a
 * file of any size.
 */
export async function oleProblem(file: ByteSource): Promise<FileProblem> {
  const names = new Set<string>()
  try {
    for await (const name of streamNames(new FileBlocks(file))) names.add(name)
  } catch (error) {
    // A truncated file is identified by the part of its directory that is left.
    if (!(error instanceof EndsTooEarly)) throw error
  }
  const kind = STREAMS.find(([known]) => known.some((name) => names.has(name)))
  return kind ? isSomethingElse(kind[1], kind[2]) : isSomethingElse('not-a-spreadsheet', 'an old Office document')
}

async function* streamNames(file: FileBlocks): AsyncGenerator<string> {
  const header = await file.read(0, HEADER_BYTES)
  const shift = header.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return
  const bytes = 2 ** shift
  const sector = (index: number) => file.read((index + 1) * bytes, (index + 2) * bytes)
  let next = header.readUInt32LE(48)
  for (let seen = 0; seen < MOST_SECTORS && next * bytes < file.size; seen++) {
    const directory = await sector(next)
    for (let at = 0; at < bytes; at += ENTRY_BYTES) yield entryName(directory, at)
    const place = Math.floor((next * 4) / bytes)
    if (place >= TABLE_PLACES) next++
    else next = (await sector(header.readUInt32LE(76 + 4 * place))).readUInt32LE((next * 4) % bytes)
  }
}

/** Without the NUL that ends it. */
function entryName(directory: Buffer, at: number): string {
  const length = Math.min(64, directory.readUInt16LE(at + 64))
  return directory.toString('utf16le', at, at + Math.max(0, length - 2))
}
