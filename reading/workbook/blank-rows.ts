import type { BlankRun } from './xml/xml.ts'
import type { XmlChunk } from './xml/xml-chunk.ts'

/** A tag that is neither a row's nor a cell's: without one there is no value. */
const OTHER_TAG = /<(?!\/?(?:c|row)[\s/>])/

/**
 * Finds rows that hold nothing but formats. A list that was formatted to the last row of its sheet has ten million such
 * cells behind its people: skipped here, they take two fifths of the time in which tags are taken apart.
 *
 * @returns null when there are none, or when a value stands between them; the row behind has to say its number
 */
export function blankRows({ bytes, text }: XmlChunk): BlankRun | null {
  const start = text.indexOf('<row')
  const end = text.lastIndexOf('<row r="')
  if (start < 0 || end <= start || OTHER_TAG.test(text.slice(start, end))) return null
  let elements = 0
  for (let at = start; at < end; at++) if (bytes[at] === LESS && bytes[at + 1] !== SLASH) elements++
  return { within: 'sheetData', start, end, elements }
}

const [SLASH, LESS] = [0x2f, 0x3c]
