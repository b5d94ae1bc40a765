import { isAscii, isUtf8 } from 'node:buffer'
import { FileProblem } from '../file-problem.ts'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/** How people call them. */
export const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Windows-1252',
}

/** A byte order mark at the start of the file, and what it says. */
export function byteOrderMark(head: Buffer): { encoding: Encoding; length: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}

/**
 * Turns a file into UTF-8 without its byte order mark, strictly and wherever chunks are cut (HAZARDS.md 18 and 30).
 * Halves of surrogate pairs in UTF-16 become U+FFFF, which no text holds, so that their row can be named.
 *
 * @throws FileProblem `invalid-encoding`, after everything before the invalid byte was given out
 */
export async function* toUtf8(source: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decode = { 'utf-8': checkedUtf8, 'utf-16le': utf16le, 'utf-16be': utf16be, 'windows-1252': windows1252 }[
    encoding
  ]
  yield* withoutMark(decode(source))
}

/** The head as text, for a look at the header: a character that is cut at its end is dropped. */
export function headText(head: Buffer, encoding: Encoding): string {
  const text = decodeWhole(head, encoding)
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function decodeWhole(head: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-8') return head.toString('utf8', 0, utf8Boundary(head))
  if (encoding === 'windows-1252') return fromWindows1252(head)
  const even = head.subarray(0, head.byteLength & ~1)
  return (encoding === 'utf-16le' ? even : Buffer.from(even).swap16()).toString('utf16le')
}

const NOTHING = Buffer.alloc(0)

/** The bytes that an earlier chunk left over, and the next chunk. */
export function joined(carry: Buffer, chunk: Buffer): Buffer {
  return carry.byteLength === 0 ? chunk : Buffer.concat([carry, chunk])
}

/** Where the last complete character ends: a lead byte in the last three may still wait for its continuation. */
export function utf8Boundary(bytes: Buffer): number {
  const length = bytes.byteLength
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0
    if (byte < 0x80) return length
    if (byte < 0xc0) continue
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return wanted > back ? length - back : length
  }
  return length
}

async function* checkedUtf8(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let carry: Buffer = NOTHING
  for await (const chunk of source) {
    const bytes = joined(carry, chunk)
    const end = utf8Boundary(bytes)
    const whole = bytes.subarray(0, end)
    if (!isUtf8(whole)) {
      yield whole.subarray(0, validPrefix(whole))
      throw invalidEncoding('utf-8')
    }
    yield whole
    carry = bytes.subarray(end)
  }
  if (carry.byteLength > 0) throw invalidEncoding('utf-8')
}

/** Length of the longest valid start, so that the row of the invalid byte can be counted. */
function validPrefix(bytes: Buffer): number {
  let low = 0
  let high = bytes.byteLength
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    const start = bytes.subarray(0, middle)
    if (isUtf8(start.subarray(0, utf8Boundary(start)))) low = middle
    else high = middle - 1
  }
  return utf8Boundary(bytes.subarray(0, low))
}

async function* utf16le(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* fromUtf16(source, 'utf-16le')
}

async function* utf16be(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* fromUtf16(source, 'utf-16be')
}

async function* fromUtf16(source: AsyncIterable<Buffer>, encoding: 'utf-16le' | 'utf-16be'): AsyncGenerator<Buffer> {
  let carry: Buffer = NOTHING
  for await (const chunk of source) {
    const bytes = joined(carry, chunk)
    let end = bytes.byteLength & ~1
    const lastHigh = encoding === 'utf-16le' ? bytes[end - 1] : bytes[end - 2]
    if (end >= 2 && lastHigh !== undefined && lastHigh >= 0xd8 && lastHigh <= 0xdb) end -= 2
    const text = decodeWhole(bytes.subarray(0, end), encoding)
    yield Buffer.from(text.replace(/\p{Surrogate}/gu, '\uFFFF'))
    carry = bytes.subarray(end)
  }
  if (carry.byteLength === 1 || carry.byteLength === 3) throw invalidEncoding(encoding)
  if (carry.byteLength === 2) yield Buffer.from('\uFFFF')
}

/**
 * The 32 characters that Windows-1252 has where Latin-1 has control characters (WHATWG Encoding, index-windows-1252).
 * Written out because some Node releases decode that label as Latin-1.
 */
const C1 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178'

/** What these bytes of Windows-1252 say. */
export function fromWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80] ?? character)
}

async function* windows1252(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield isAscii(chunk) ? chunk : Buffer.from(fromWindows1252(chunk))
}

/** Drops EF BB BF, even when it comes byte by byte. */
async function* withoutMark(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | null = NOTHING
  for await (const chunk of source) {
    if (start === null) {
      yield chunk
      continue
    }
    start = joined(start, chunk)
    if (start.byteLength < 3) continue
    yield byteOrderMark(start)?.encoding === 'utf-8' ? start.subarray(3) : start
    start = null
  }
  if (start !== null && start.byteLength > 0) yield start
}

export function invalidEncoding(encoding: Encoding): FileProblem {
  const name = encodingNames[encoding]
  return new FileProblem(
    'invalid-encoding',
    `The file is not valid ${name}. Save it as UTF-8, or choose its encoding.`,
    {
      expected: name,
    },
  )
}
