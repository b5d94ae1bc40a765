import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import { FileProblem } from '../file-problem.ts'
import { INFLATE_CHUNK_BYTES, INFLATION_FLOOR_BYTES, type ReadLimits } from '../limits.ts'
import { type ByteSource, slices } from '../source/byte-source.ts'
import { BlocksReader, FileBlocks } from '../source/file-blocks.ts'
import { damaged } from './workbook-problem.ts'

/** Entries of a workbook: a few dozen. Pictures make it hundreds. */
const MAX_ENTRIES = 10_000

/** Bytes of an entry's name, extra field and comment. Longer ones, many times, would fill the heap. */
const MAX_ENTRY_BYTES = 1_024

/**
 * The parts of a workbook, by name. Each can be inflated as a stream; all of them together may inflate to a limit,
 * counted while it happens, and none to more than the directory promised (HAZARDS.md 23).
 */
export class ZipParts {
  private readonly zip: ZipFile
  private readonly entries: Map<string, Entry>
  private readonly ratio: number
  /** Bytes that may still be inflated. */
  private left: number

  private constructor(zip: ZipFile, entries: Map<string, Entry>, fileBytes: number, limits: ReadLimits) {
    this.zip = zip
    this.entries = entries
    this.ratio = limits.inflationRatio
    this.left = inflationBudget(fileBytes, limits)
  }

  /** @throws FileProblem `workbook-damaged` when there is no directory that can be read */
  static async open(source: Pick<ByteSource, 'size' | 'read'>, limits: ReadLimits): Promise<ZipParts> {
    const entries = new Map<string, Entry>()
    const file = new BlocksReader(new FileBlocks(source))
    let packed = 0
    try {
      const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false }
      const zip = await fromRandomAccessReaderPromise(file, source.size, options)
      if (zip.entryCount > MAX_ENTRIES) throw damaged('it has too many parts')
      for await (const entry of zip.eachEntry()) {
        const { fileNameLength, extraFieldLength, fileCommentLength } = entry
        if (fileNameLength + extraFieldLength + fileCommentLength > MAX_ENTRY_BYTES)
          throw damaged('a part has an endless name')
        const name = partName(entry.fileName)
        if (entries.has(name)) throw damaged('two parts have one name')
        entries.set(name, entry)
        packed += entry.compressedSize
        if (packed > source.size) throw damaged('its parts are longer than the file')
      }
      return new ZipParts(zip, entries, source.size, limits)
    } catch (error) {
      throw error instanceof FileProblem
        ? error
        : damaged('its directory cannot be read, perhaps the upload was cut off')
    }
  }

  has(name: string): boolean {
    return this.entries.has(partName(name))
  }

  /** Names in lower case, without a leading slash. */
  names(): string[] {
    return [...this.entries.keys()]
  }

  /**
   * Bytes that these parts inflate to, as the directory says; none inflates to more. What a sheet does not pack to is not
   * believed.
   */
  inflatedBytes(parts: ReadonlySet<string>): number {
    let bytes = 0
    for (const part of parts) {
      const entry = this.entries.get(partName(part))
      if (entry) bytes += Math.min(entry.uncompressedSize, entry.compressedSize * this.ratio)
    }
    return bytes
  }

  /**
   * Inflates a part. @throws FileProblem `zip-bomb`, `workbook-encrypted`, `workbook-damaged` (also for a missing part)
   */
  async *inflate(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(partName(name))
    if (entry === undefined) throw damaged('a part is missing')
    if (entry.isEncrypted()) {
      throw new FileProblem('workbook-encrypted', 'The workbook is protected with a password. Save it without one.')
    }
    if (entry.uncompressedSize > this.left) throw zipBomb()
    let bytes = 0
    for await (const chunk of this.stream(entry)) {
      bytes += chunk.byteLength
      if (bytes > entry.uncompressedSize) throw zipBomb()
      this.spend(chunk.byteLength)
      yield chunk
    }
    if (bytes < entry.uncompressedSize) throw damaged('a part is shorter than promised')
  }

  /**
   * Counts what came of the file against its limit: a shared text of 32 KB, which a cell repeats in 30 bytes, inflates
   * as well. @throws FileProblem `zip-bomb`
   */
  spend(bytes: number): void {
    this.left -= bytes
    if (this.left < 0) throw zipBomb()
  }

  private async *stream(entry: Entry): AsyncGenerator<Buffer> {
    try {
      const packed = await this.zip.openReadStreamPromise(entry, { decodeFileData: false })
      // An iterator destroys its stream, however the reading ends.
      for await (const chunk of inflated(packed, entry.compressionMethod)) {
        // What is stored unpacked comes in large pieces.
        yield* slices(chunk, INFLATE_CHUNK_BYTES)
      }
    } catch {
      throw damaged('a part cannot be inflated')
    }
  }
}

function inflated(packed: Readable, method: number): AsyncIterable<Buffer> {
  if (method === 0) return packed
  if (method !== 8) throw new Error('No spreadsheet packs so')
  // What fails in `packed` fails in what comes of it, too; the callback only takes it a second time.
  return pipeline(packed, createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES }), () => {})
}

function inflationBudget(fileBytes: number, limits: ReadLimits): number {
  return Math.min(limits.inflatedBytes, Math.max(INFLATION_FLOOR_BYTES, fileBytes * limits.inflationRatio))
}

/** Part names are compared without case (ECMA-376, part 2, section 6.2.2.3). */
function partName(name: string): string {
  return name.replace(/^\//, '').toLowerCase()
}

function zipBomb(): FileProblem {
  return new FileProblem(
    'zip-bomb',
    'The workbook inflates to far more than its size. If it is an honest one, save the list as CSV.',
  )
}
