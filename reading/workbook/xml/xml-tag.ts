import { broken } from '../workbook-problem.ts'
import type { XmlChunk } from './xml-chunk.ts'
import type { XmlTag } from './xml-handler.ts'

const [SPACE, QUOTE, APOSTROPHE, SLASH, EQUALS, GREATER] = [0x20, 0x22, 0x27, 0x2f, 0x3d, 0x3e]

/** Whether a name ends before this byte: white space and what has a meaning in a tag. */
const ENDS_NAME = Uint8Array.from({ length: 256 }, (_, code) => (/[\s"'/<=>]/.test(String.fromCharCode(code)) ? 1 : 0))

/** Digits that a double holds exactly. */
const MOST_DIGITS = 15

/** A fourth letter is beyond any column. */
const MOST_LETTERS = 4

/**
 * The start tag that is being read, as a part of its chunk: one object for all of them, which the next one overwrites.
 * One pass finds its end and where its attributes stand; strings are made of those only that are asked for.
 */
export class StartTag implements XmlTag {
  empty = false
  private readonly chunk: XmlChunk
  private nameEnd = 0
  private attributeCount = 0
  /** Of each attribute: where its name begins and ends, and its value. */
  private readonly places: number[] = []

  constructor(chunk: XmlChunk) {
    this.chunk = chunk
  }

  /**
   * @param start of its name
   * @returns where its `>` stands, or -1 while the tag is not complete
   * @throws FileProblem `workbook-damaged`
   */
  read(start: number): number {
    const { bytes } = this.chunk
    // Not `byteLength`, which V8 would call for each byte.
    const { length } = bytes
    const nameEnd = endOfName(bytes, start)
    let attributes = 0
    let at = nameEnd
    for (;;) {
      at = skipSpace(bytes, at)
      if (at + 1 >= length && bytes[at] !== GREATER) return -1
      if (bytes[at] === GREATER || bytes[at] === SLASH) break
      const name = at
      const nameEnd = endOfName(bytes, at)
      at = skipSpace(bytes, nameEnd)
      if (at >= length) return -1
      if (bytes[at] !== EQUALS || name === nameEnd) throw broken()
      at = skipSpace(bytes, at + 1)
      if (at >= length) return -1
      const mark = bytes[at]
      if (mark !== QUOTE && mark !== APOSTROPHE) throw broken()
      const value = ++at
      while (at < length && bytes[at] !== mark) at++
      if (at >= length) return -1
      this.place(attributes++ * 4, name, nameEnd, value, at)
      at++
    }
    this.empty = bytes[at] === SLASH
    if (this.empty && bytes[++at] !== GREATER) throw broken()
    if (nameEnd === start) throw broken()
    this.nameEnd = nameEnd
    this.attributeCount = attributes
    return at
  }

  /** @param start as it was read */
  name(start: number): string {
    const { text } = this.chunk
    // V8 caches strings of one character, and most names of cell elements are that short.
    return this.nameEnd === start + 1 ? text.charAt(start) : text.slice(start, this.nameEnd)
  }

  attribute(name: string): string | undefined {
    const at = this.find(name)
    return at < 0 ? undefined : this.chunk.slice(this.places[at + 2] ?? 0, this.places[at + 3] ?? 0)
  }

  number(name: string): number | undefined {
    const found = this.find(name)
    if (found < 0) return undefined
    const { bytes } = this.chunk
    const [start, end] = [this.places[found + 2] ?? 0, this.places[found + 3] ?? 0]
    if (end === start || end - start > MOST_DIGITS) return Number.NaN
    let number = 0
    for (let at = start; at < end; at++) {
      const digit = (bytes[at] ?? 0) - 0x30
      if (digit < 0 || digit > 9) return Number.NaN
      number = number * 10 + digit
    }
    return number
  }

  letters(name: string): number | undefined {
    const found = this.find(name)
    if (found < 0) return undefined
    const { bytes } = this.chunk
    const start = this.places[found + 2] ?? 0
    const end = Math.min(this.places[found + 3] ?? 0, start + MOST_LETTERS)
    let number = 0
    for (let at = start; at < end; at++) {
      const letter = ((bytes[at] ?? 0) & 0xdf) - 0x40
      if (letter < 1 || letter > 26) break
      number = number * 26 + letter
    }
    return number
  }

  attributes(): Record<string, string> {
    // Without a prototype: `__proto__` is a name like any other.
    const all: Record<string, string> = Object.create(null)
    for (let at = 0; at < this.attributeCount * 4; at += 4) {
      const [name = 0, nameEnd = 0, value = 0, valueEnd = 0] = this.places.slice(at, at + 4)
      all[this.chunk.slice(name, nameEnd)] = this.chunk.slice(value, valueEnd)
    }
    return all
  }

  private place(at: number, name: number, nameEnd: number, value: number, valueEnd: number): void {
    this.places[at] = name
    this.places[at + 1] = nameEnd
    this.places[at + 2] = value
    this.places[at + 3] = valueEnd
  }

  /** Returns the index of an attribute's positions, or -1 when it is absent. */
  private find(name: string): number {
    const { bytes, text } = this.chunk
    const first = name.charCodeAt(0)
    for (let at = 0; at < this.attributeCount * 4; at += 4) {
      const start = this.places[at] ?? 0
      if (bytes[start] !== first || (this.places[at + 1] ?? 0) - start !== name.length) continue
      if (name.length === 1 || text.startsWith(name, start)) return at
    }
    return -1
  }
}

function endOfName(bytes: Buffer, from: number): number {
  const { length } = bytes
  let at = from
  while (at < length && ENDS_NAME[bytes[at] ?? 0] === 0) at++
  return at
}

/** Also control characters, which XML does not have: one comparison for each byte instead of four. */
function skipSpace(bytes: Buffer, from: number): number {
  const { length } = bytes
  let at = from
  while (at < length && (bytes[at] ?? 0) <= SPACE) at++
  return at
}
