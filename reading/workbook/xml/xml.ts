import { toUtf8 } from '../../detect/encoding.ts'
import { FileProblem } from '../../file-problem.ts'
import { damaged } from '../workbook-problem.ts'
import type { XmlHandler } from './xml-handler.ts'
import { XmlTokens } from './xml-tokens.ts'

/**
 * Feeds XML to a handler, chunk by chunk; yields after each, so that the caller can pass on what came of it.
 * There are no entities but the five of XML: a DTD, which could define more, is refused (HAZARDS.md 23).
 *
 * @param done called after each chunk. Returning true ends the reading
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
