import { isUtf8 } from 'node:buffer'
import type { ReadLimits } from '../limits.ts'
import { tooManyRows } from '../source/source-record.ts'
import { joined, utf8Boundary } from './encoding.ts'

/** What a pass over all bytes of a text finds out. */
export interface TextScan {
  /** All bytes are valid UTF-8. */
  utf8: boolean
  /** Some byte has no meaning in Windows-1252 (WHATWG Encoding, index-windows-1252). */
  outside1252: boolean
  /** Some byte is a quotation mark. */
  quoted: boolean
  /** There may be blank lines. Where chunks are cut, and at the very start, one may be missed. */
  blankLines: boolean
}

const UNDEFINED_1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]
const LF = 0x0a
const BLANK_LINES = ['\n\n', '\n\r', '\r\r']

/**
 * Scans a text before it is read, because its encoding depends on every byte: 117 MB come out of the store in 0.2 s.
 * Without a quotation mark each line is a row, so a text with too many lines is rejected here, in a twentieth of the time
 * of parsing them.
 *
 * @param source bytes of an encoding whose line ends and quotation marks are those of ASCII, cut anywhere
 * @throws FileProblem `too-many-rows`
 */
export async function scanText(source: AsyncIterable<Buffer>, limits: ReadLimits): Promise<TextScan> {
  const scan = { utf8: true, outside1252: false, quoted: false, blankLines: false }
  let carry: Buffer = Buffer.alloc(0)
  let lines = 0
  for await (const chunk of source) {
    scan.outside1252 ||= UNDEFINED_1252.some((byte) => chunk.includes(byte))
    if (scan.utf8) {
      const bytes = joined(carry, chunk)
      const end = utf8Boundary(bytes)
      scan.utf8 = isUtf8(bytes.subarray(0, end))
      carry = bytes.subarray(end)
    }
    scan.quoted ||= chunk.includes('"')
    scan.blankLines ||= BLANK_LINES.some((ends) => chunk.includes(ends))
    if (!scan.quoted) lines += linesIn(chunk)
    // A `sep=` line is not a row.
    if (lines > limits.csvRows + 1) throw tooManyRows(limits.csvRows)
  }
  scan.utf8 &&= carry.byteLength === 0
  return scan
}

function linesIn(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) lines++
  return lines
}
