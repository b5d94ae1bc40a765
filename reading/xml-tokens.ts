import { MAX_IDLE_ELEMENTS, MAX_XML_DEPTH, MAX_XML_TOKEN } from './limits.ts'
import { damaged, dtdRefused, tooComplex, tooMuchOfNothing } from './workbook-problem.ts'
import type { XmlHandler, XmlTag } from './xml.ts'
import { decodeXml } from './xml-text.ts'

const [TAB, LF, CR, SPACE, BANG, QUOTE, APOSTROPHE] = [0x09, 0x0a, 0x0d, 0x20, 0x21, 0x22, 0x27]
const [SLASH, LESS, EQUALS, GREATER, QUESTION] = [0x2f, 0x3c, 0x3d, 0x3e, 0x3f]

/**
 * Splits XML (1.0, without a DTD) into tags and texts as it comes, with an end to how deep and how long things may be.
 * It reads what spreadsheets write: names and attributes are not checked beyond what tells them apart, but elements
 * have to be closed in order. A token that is not complete waits for the next chunk.
 */
export class XmlTokens {
  private readonly handler: XmlHandler
  private readonly onText: ((text: string) => void) | undefined
  private readonly tag = new StartTag()
  /** Elements that are open, as their names are written. */
  private readonly names: string[] = []
  /** The start of a token that is not complete. */
  private rest = Buffer.alloc(0)
  private together = Buffer.alloc(0)
  /** Characters since the last tag. */
  private unfinished = 0

  constructor(handler: XmlHandler) {
    this.handler = handler
    this.onText = handler.text?.bind(handler)
  }

  /**
   * @param xml valid UTF-8 that ends with a whole character
   * @throws FileProblem `workbook-damaged`, `workbook-too-complex`, `dtd-refused`
   */
  write(xml: Buffer): void {
    const text = this.rest.byteLength === 0 ? xml.toString('utf8') : this.joined(xml)
    let at = 0
    while (at < text.length) {
      const next = text.charCodeAt(at) === LESS ? this.markup(text, at) : this.text(text, at)
      if (next < 0) break
      at = next
    }
    this.rest = Buffer.from(text.slice(at))
    if (this.unfinished + text.length - at > MAX_XML_TOKEN) throw tooComplex()
  }

  /**
   * Joins bytes: of two strings that are joined, each character takes three times as long to look at. In memory that is
   * used again, because what lies outside of the heap is collected late.
   */
  private joined(xml: Buffer): string {
    const bytes = this.rest.byteLength + xml.byteLength
    if (this.together.byteLength < bytes) this.together = Buffer.allocUnsafeSlow(bytes * 2)
    this.rest.copy(this.together)
    xml.copy(this.together, this.rest.byteLength)
    return this.together.toString('utf8', 0, bytes)
  }

  /** @throws FileProblem `workbook-damaged` when something is still open */
  end(): void {
    if (this.names.length > 0 || this.rest[0] === LESS) throw broken()
  }

  /** Reads one token from its first character; where the next begins, or -1 while it is not complete. */
  private text(text: string, at: number): number {
    const end = text.indexOf('<', at)
    if (end > at && this.names.length > 0) this.onText?.(decodeXml(text.slice(at, end)))
    return end
  }

  private markup(text: string, at: number): number {
    const first = text.charCodeAt(at + 1)
    if (first === SLASH) return this.endTag(text, at)
    if (first === BANG) return this.declaration(text, at)
    if (first === QUESTION) return this.skipped(text, at, '?>')
    return this.startTag(text, at)
  }

  private startTag(text: string, at: number): number {
    const end = tagEnd(text, at + 1)
    if (end < 0) return -1
    const empty = text.charCodeAt(end - 1) === SLASH
    const name = this.tag.take(text, at + 1, empty ? end - 1 : end)
    const local = localName(name)
    this.unfinished = 0
    this.tag.empty = empty
    if (this.names.length >= MAX_XML_DEPTH) throw tooComplex()
    if (++this.handler.idle > MAX_IDLE_ELEMENTS) throw tooMuchOfNothing()
    this.handler.open(local, this.tag)
    if (empty) this.handler.close(local)
    else this.names.push(name)
    return end + 1
  }

  private endTag(text: string, at: number): number {
    const name = this.names.at(-1)
    let end = at + 2 + (name?.length ?? 0)
    while (isSpace(text.charCodeAt(end))) end++
    if (end >= text.length) return -1
    if (name === undefined || !text.startsWith(name, at + 2) || text.charCodeAt(end) !== GREATER) throw broken()
    this.unfinished = 0
    this.names.pop()
    this.handler.close(localName(name))
    return end + 1
  }

  /** A comment, CDATA, or the DTD that nobody writes. */
  private declaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return this.skipped(text, at + 4, '-->')
    if (text.startsWith('<![CDATA[', at)) return this.cdata(text, at + 9)
    if (/^<!(?:DOCTYPE|ENTITY)/i.test(text.slice(at, at + 9))) throw dtdRefused()
    if (text.length - at >= 9) throw broken()
    return -1
  }

  private cdata(text: string, from: number): number {
    const end = text.indexOf(']]>', from)
    if (end < 0) return -1
    if (this.names.length > 0) this.onText?.(text.slice(from, end))
    return end + 3
  }

  /** What says nothing has an end, too, also when there is much of it. */
  private skipped(text: string, from: number, last: string): number {
    const found = text.indexOf(last, from)
    if (found < 0) return -1
    this.unfinished += found + last.length - from
    if (this.unfinished > MAX_XML_TOKEN) throw tooComplex()
    return found + last.length
  }
}

/** The tag that is being read, as a part of the text: one object for all of them, which the next one overwrites. */
class StartTag implements XmlTag {
  empty = false
  private text = ''
  private start = 0
  private end = 0
  /** Where the attribute that was looked at last has its name and its value. */
  private nameStart = 0
  private nameEnd = 0
  private valueStart = 0
  private valueEnd = 0

  /** Takes the tag between its angle brackets and gives its name. */
  take(text: string, start: number, end: number): string {
    let at = start
    while (at < end && !isSpace(text.charCodeAt(at))) at++
    if (at === start) throw broken()
    this.text = text
    this.start = at
    this.end = end
    // One character is a string that is there already; most names of cells are no longer.
    return at === start + 1 ? text.charAt(start) : text.slice(start, at)
  }

  attribute(name: string): string | undefined {
    const { text } = this
    for (let at = this.advance(this.start); at > 0; at = this.advance(at)) {
      if (this.nameEnd - this.nameStart === name.length && text.startsWith(name, this.nameStart)) {
        return text.slice(this.valueStart, this.valueEnd)
      }
    }
    return undefined
  }

  attributes(): Record<string, string> {
    const { text } = this
    // Without a prototype: `__proto__` is a name like any other.
    const all: Record<string, string> = Object.create(null)
    for (let at = this.advance(this.start); at > 0; at = this.advance(at)) {
      all[text.slice(this.nameStart, this.nameEnd)] = text.slice(this.valueStart, this.valueEnd)
    }
    return all
  }

  /** Looks at the next attribute and says where it ends; 0 when there is none. Character by character: they are short. */
  private advance(from: number): number {
    const { text, end } = this
    let at = this.skipSpace(from)
    if (at >= end) return 0
    this.nameStart = at
    while (at < end && text.charCodeAt(at) !== EQUALS && !isSpace(text.charCodeAt(at))) at++
    this.nameEnd = at
    at = this.skipSpace(at)
    if (at >= end || text.charCodeAt(at) !== EQUALS) throw broken()
    at = this.skipSpace(at + 1)
    const mark = text.charCodeAt(at)
    if (at >= end || (mark !== QUOTE && mark !== APOSTROPHE)) throw broken()
    this.valueStart = ++at
    while (at < end && text.charCodeAt(at) !== mark) at++
    if (at >= end) throw broken()
    this.valueEnd = at
    return at + 1
  }

  private skipSpace(from: number): number {
    let at = from
    while (at < this.end && isSpace(this.text.charCodeAt(at))) at++
    return at
  }
}

/** Where a start tag ends: the first `>` that does not stand in a value. */
function tagEnd(text: string, from: number): number {
  let quote = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === GREATER) return at
    else if (code === QUOTE || code === APOSTROPHE) quote = code
    else if (code === LESS) throw broken()
  }
  return -1
}

function localName(name: string): string {
  if (name.length === 1) return name
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function isSpace(code: number): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB
}

function broken() {
  return damaged('its XML is broken')
}
