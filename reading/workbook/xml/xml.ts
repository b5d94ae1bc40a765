import { toUtf8 } from '../../detect/encoding.ts'
import { FileProblem } from '../../file-problem.ts'
import { damaged } from '../workbook-problem.ts'
import type { XmlChunk } from './xml-chunk.ts'
import { XmlTokens } from './xml-tokens.ts'

/** A start tag. Attributes are looked for when they are asked for: most elements are of no interest. */
export interface XmlTag {
  /** Written as `<c/>`: nothing stands in it. */
  empty: boolean
  /** One value, not decoded. */
  attribute(name: string): string | undefined
  /** One value that is a whole number; NaN when it is none. Without a string in between, as most of them are so short. */
  number(name: string): number | undefined
  /** What the letters before the digits count to: 1 for `A7`, 28 for `AB12`; 0 when there are none. */
  letters(name: string): number | undefined
  /** All values, not decoded, by the names as they are written. */
  attributes(): Record<string, string>
}

/** What a part of a workbook is read with. Names come without their namespace prefix. */
export interface XmlHandler {
  /** Elements that nothing has come of: counted here, and taken back by the handler for what it could use. */
  idle: number
  /** How many there may be; as in a sheet unless it is said. */
  mostIdle?: number
  /** The tag can be asked while this runs, not later. */
  open(name: string, tag: XmlTag): void
  close(name: string): void
  /** Text or CDATA, decoded; what stands between two tags comes in one piece. */
  text?(text: string): void
  /** A part of what comes next that need not be taken apart. */
  blank?(chunk: XmlChunk): BlankRun | null
}

/** Whole elements that a handler has no use for, as long as they stand directly in the element that it names. */
export interface BlankRun {
  within: string
  /** Where they begin and end in the chunk. */
  start: number
  end: number
  /** How many there are, those in them included. */
  elements: number
}

/**
 * Feeds XML to a handler, chunk by chunk; yields after each, so that the caller can pass on what came of it.
 * There are no entities but the five of XML: a DTD, which could define more, is refused (HAZARDS.md 23).
 *
 * @param done asked after each chunk; the rest is not read once it says so
 * @throws FileProblem `dtd-refused`, `workbook-damaged`, `workbook-too-complex` (also with elements that say nothing, without end)
 */
export async function* readXml(
  source: AsyncIterable<Buffer>,
  handler: XmlHandler,
  done: () => boolean = () => false,
): AsyncGenerator<void> {
  const tokens = new XmlTokens(handler)
  for await (const chunk of checked(source)) {
    tokens.write(chunk)
    yield
    if (done()) return
  }
  tokens.end()
}

async function* checked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* toUtf8(source, 'utf-8')
  } catch (error) {
    if (error instanceof FileProblem && error.code === 'invalid-encoding') throw damaged('it is not UTF-8 inside')
    throw error
  }
}
