import { Parser } from 'saxen'
import { toUtf8 } from './encoding.ts'
import { FileProblem } from './file-problem.ts'
import { MAX_XML_DEPTH, MAX_XML_TOKEN } from './limits.ts'

/** What a part of a workbook is read with. Names come without their namespace prefix. */
export interface XmlHandler {
  /** `attributes` parses them when it is called: most elements are of no interest. Values are not decoded. */
  open(name: string, attributes: () => Record<string, string>): void
  close(name: string): void
  /** Text or CDATA, decoded; long text comes in one piece. */
  text?(text: string): void
}

/**
 * Feeds XML to a handler, chunk by chunk; yields after each, so that the caller can pass on what came of it.
 * There are no entities but the five of XML: a DTD, which could define more, is refused (HAZARDS.md 23).
 *
 * @param done asked after each chunk; the rest is not read once it says so
 * @throws FileProblem `dtd-refused`, `workbook-damaged`, `workbook-too-complex`
 */
export async function* readXml(
  source: AsyncIterable<Buffer>,
  handler: XmlHandler,
  done: () => boolean = () => false,
): AsyncGenerator<void> {
  const parser = new GuardedParser(handler)
  for await (const chunk of checkedText(source)) {
    parser.write(chunk)
    yield
    if (done()) return
  }
  parser.end()
}

async function* checkedText(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  try {
    for await (const chunk of toUtf8(source, 'utf-8')) yield chunk.toString('utf8')
  } catch (error) {
    if (error instanceof FileProblem && error.code === 'invalid-encoding') throw damaged('it is not UTF-8 inside')
    throw error
  }
}

/** Saxen with an end to how deep and how long things may be. */
class GuardedParser {
  private readonly parser = new Parser()
  private depth = 0
  private unfinished = 0

  constructor(handler: XmlHandler) {
    this.parser
      .on('openTag', (name, attributes) => {
        this.unfinished = 0
        if (++this.depth > MAX_XML_DEPTH) throw tooComplex()
        handler.open(localName(name), attributes)
      })
      .on('closeTag', (name) => {
        this.unfinished = 0
        this.depth--
        handler.close(localName(name))
      })
      .on('attention', (text) => {
        if (/^<!(?:DOCTYPE|ENTITY)/i.test(text)) throw dtdRefused()
      })
      .on('error', () => {
        throw damaged('its XML is broken')
      })
    if (handler.text === undefined) return
    const onText = handler.text.bind(handler)
    this.parser.on('text', (text) => onText(decodeXml(text))).on('cdata', onText)
  }

  write(xml: string): void {
    // A DTD that never ends would otherwise be an unfinished token like any other.
    this.unfinished += xml.length
    this.parser.write(xml)
    if (this.unfinished > MAX_XML_TOKEN + xml.length) throw tooComplex()
  }

  end(): void {
    if (this.parser.end() !== null) throw damaged('its XML is broken')
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Decodes character references and line ends (XML 1.0, sections 2.11 and 4.6). Ours and not saxen's, which cuts
 * references above U+FFFF to 16 bits.
 */
export function decodeXml(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  if (!lines.includes('&')) return lines
  return lines.replace(
    ENTITY,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFF'
    },
  )
}

/** @param why completes "The workbook is damaged: …" */
export function damaged(why: string): FileProblem {
  return new FileProblem(
    'workbook-damaged',
    `The workbook is damaged: ${why}. Open it in a spreadsheet and save it again.`,
  )
}

export function tooComplex(): FileProblem {
  return new FileProblem(
    'workbook-too-complex',
    'The workbook is built in a way that takes too much to read. Save it as CSV.',
  )
}

function dtdRefused(): FileProblem {
  return new FileProblem('dtd-refused', 'The workbook holds a document type definition. No spreadsheet writes one.', {
    found: 'a DTD',
  })
}
