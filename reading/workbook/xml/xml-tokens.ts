import { MAX_IDLE_ELEMENTS, MAX_XML_DEPTH, MAX_XML_TOKEN } from '../../limits.ts'
import { broken, dtdRefused, tooComplex, tooMuchOfNothing } from '../workbook-problem.ts'
import { XmlChunk } from './xml-chunk.ts'
import type { XmlHandler } from './xml-handler.ts'
import { StartTag } from './xml-tag.ts'
import { decodeXml } from './xml-text.ts'

const [TAB, LF, CR, SPACE] = [0x09, 0x0a, 0x0d, 0x20]
const [BANG, SLASH, LESS, GREATER, QUESTION] = [0x21, 0x2f, 0x3c, 0x3e, 0x3f]

/**
 * Splits XML (1.0, without a DTD) into tags and texts, chunk by chunk. Limits the nesting and the length of a token.
 * It reads what spreadsheets write: names and attributes are not checked beyond what tells them apart, but elements
 * have to be closed in order. A token that is not complete waits for the next chunk.
 */
export class XmlTokens {
  private readonly handler: XmlHandler
  private readonly onText: ((text: string) => void) | undefined
  private readonly mostIdle: number
  private readonly chunk = new XmlChunk()
  private readonly tag = new StartTag(this.chunk)
  /** Elements that are open, as their names are written. */
  private readonly names: string[] = []
  /** The start of a token that is not complete. */
  private rest = Buffer.alloc(0)
  private together = Buffer.alloc(0)
  /** Bytes since the last tag. */
  private unfinished = 0

  constructor(handler: XmlHandler) {
    this.handler = handler
    this.onText = handler.text?.bind(handler)
    this.mostIdle = handler.mostIdle ?? MAX_IDLE_ELEMENTS
  }

  /**
   * @param xml valid UTF-8 that ends with a whole character
   * @throws FileProblem `workbook-damaged`, `workbook-too-complex`, `dtd-refused`
   */
  write(xml: Buffer): void {
    const bytes = this.rest.byteLength === 0 ? xml : this.joined(xml)
    this.chunk.take(bytes)
    const at = this.tokens(this.skipBlank(), bytes.length)
    this.rest = Buffer.from(bytes.subarray(at))
    if (this.unfinished + bytes.length - at > MAX_XML_TOKEN) throw tooComplex()
  }

  /** Reads up to what the handler would skip, and skips it. */
  private skipBlank(): number {
    const blank = this.handler.blank?.(this.chunk) ?? null
    if (blank === null) return 0
    const at = this.tokens(0, blank.start)
    if (at !== blank.start || this.names.at(-1) !== blank.within) return at
    this.countIdle(blank.elements)
    return blank.end
  }

  private countIdle(elements: number): void {
    this.handler.idle += elements
    if (this.handler.idle <= this.mostIdle) return
    throw this.mostIdle === MAX_IDLE_ELEMENTS ? tooMuchOfNothing() : tooComplex()
  }

  /** Reads tokens until one begins at `end` or beyond, or is not complete; gives where that is. */
  private tokens(start: number, end: number): number {
    const { bytes } = this.chunk
    let at = start
    while (at < end) {
      const next = bytes[at] === LESS ? this.markup(at) : this.text(at)
      if (next < 0) break
      at = next
    }
    return at
  }

  /** In memory that is used again, because what lies outside of the heap is collected late. */
  private joined(xml: Buffer): Buffer {
    const bytes = this.rest.byteLength + xml.byteLength
    if (this.together.byteLength < bytes) this.together = Buffer.allocUnsafeSlow(bytes * 2)
    this.rest.copy(this.together)
    xml.copy(this.together, this.rest.byteLength)
    return this.together.subarray(0, bytes)
  }

  /** @throws FileProblem `workbook-damaged` when something is still open */
  end(): void {
    if (this.names.length > 0 || this.rest[0] === LESS) throw broken()
  }

  /** Reads one token from its first byte; where the next begins, or -1 while it is not complete. */
  private text(at: number): number {
    const end = this.chunk.text.indexOf('<', at)
    if (end > at && this.names.length > 0) this.onText?.(decodeXml(this.chunk.slice(at, end)))
    return end
  }

  private markup(at: number): number {
    const first = this.chunk.bytes[at + 1]
    if (first === SLASH) return this.endTag(at)
    if (first === BANG) return this.declaration(at)
    if (first === QUESTION) return this.skipped(at, '?>')
    return this.startTag(at)
  }

  private startTag(at: number): number {
    const { tag } = this
    const end = tag.read(at + 1)
    if (end < 0) return -1
    const name = tag.name(at + 1)
    const local = localName(name)
    this.unfinished = 0
    if (this.names.length >= MAX_XML_DEPTH) throw tooComplex()
    this.countIdle(1)
    this.handler.open(local, tag)
    if (tag.empty) this.handler.close(local)
    else this.names.push(name)
    return end + 1
  }

  private endTag(at: number): number {
    const { bytes, text } = this.chunk
    const name = this.names.at(-1)
    let end = at + 2 + (name?.length ?? 0)
    while (end < bytes.length && isSpace(bytes[end])) end++
    if (end >= bytes.length) return -1
    if (name === undefined || !text.startsWith(name, at + 2) || bytes[end] !== GREATER) throw broken()
    this.unfinished = 0
    this.names.pop()
    this.handler.close(localName(name))
    return end + 1
  }

  /** Reads a comment or CDATA, and rejects a DTD. */
  private declaration(at: number): number {
    const { text } = this.chunk
    if (text.startsWith('<!--', at)) return this.skipped(at + 4, '-->')
    if (text.startsWith('<![CDATA[', at)) return this.cdata(at + 9)
    if (/^<!(?:DOCTYPE|ENTITY)/i.test(text.slice(at, at + 9))) throw dtdRefused()
    if (text.length - at >= 9) throw broken()
    return -1
  }

  private cdata(from: number): number {
    const end = this.chunk.text.indexOf(']]>', from)
    if (end < 0) return -1
    if (this.names.length > 0) this.onText?.(this.chunk.slice(from, end))
    return end + 3
  }

  /** What says nothing has an end, too, also when there is much of it. */
  private skipped(from: number, last: string): number {
    const found = this.chunk.text.indexOf(last, from)
    if (found < 0) return -1
    this.unfinished += found + last.length - from
    if (this.unfinished > MAX_XML_TOKEN) throw tooComplex()
    return found + last.length
  }
}

function isSpace(code: number | undefined): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB
}

function localName(name: string): string {
  if (name.length === 1) return name
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
