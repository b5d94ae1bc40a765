import { unescapeXstring } from './cell-value.ts'
import { FileProblem } from './file-problem.ts'
import { MOST_ESCAPED, type ReadLimits } from './limits.ts'
import { textTooLong } from './source-record.ts'
import { TextStore } from './text-store.ts'
import { damaged, readXml, type XmlHandler } from './xml.ts'
import type { ZipParts } from './zip.ts'

/** The texts that cells refer to by number. */
export class SharedStrings {
  private readonly texts = new TextStore()
  private readonly limits: ReadLimits

  constructor(limits: ReadLimits) {
    this.limits = limits
  }

  /** @throws FileProblem `workbook-damaged` when there is no such string */
  get(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.texts.count)
      throw damaged('a cell refers to a text that is not there')
    return this.texts.get(index)
  }

  /** @throws FileProblem `too-many-strings` */
  add(text: string): void {
    const { texts } = this
    const limit = this.limits.sharedStringBytes
    if (texts.bytes + text.length + (texts.count + 1) * 4 > limit) throw tooManyStrings(limit)
    // Half a surrogate pair, from an escape, has no UTF-8: U+FFFF stands for it, as everywhere in the reader.
    texts.add(text.replace(/\p{Surrogate}/gu, '\uFFFF'))
  }
}

/** Reads the part; a workbook without one has its texts in the cells. */
export async function readSharedStrings(
  zip: ZipParts,
  part: string | null,
  limits: ReadLimits,
): Promise<SharedStrings> {
  const strings = new SharedStrings(limits)
  if (part === null || !zip.has(part)) return strings
  for await (const _ of readXml(zip.inflate(part), new StringItems(strings, limits))) {
    // The handler keeps what matters.
  }
  return strings
}

/** `<si>` with one `<t>`, or rich text with several in `<r>`; what `<rPh>` holds is only how to pronounce it. */
class StringItems implements XmlHandler {
  private readonly strings: SharedStrings
  private current = ''
  private inText = false
  private phonetic = false
  private readonly limits: ReadLimits

  constructor(strings: SharedStrings, limits: ReadLimits) {
    this.strings = strings
    this.limits = limits
  }

  open(name: string): void {
    if (name === 't') this.inText = !this.phonetic
    else if (name === 'rPh') this.phonetic = true
    else if (name === 'si') this.current = ''
  }

  close(name: string): void {
    if (name === 't') this.inText = false
    else if (name === 'rPh') this.phonetic = false
    else if (name === 'si') this.strings.add(unescapeXstring(this.current))
  }

  text(text: string): void {
    if (!this.inText) return
    this.current += text
    // Rich text comes in pieces, any number of them.
    if (this.current.length > this.limits.cellCharacters * MOST_ESCAPED) throw textTooLong(this.limits)
  }
}

function tooManyStrings(limit: number): FileProblem {
  const most = `${Math.floor(limit / (1024 * 1024))} MiB`
  const message = `The workbook holds more than ${most} of different texts. Divide it, or save the list as CSV.`
  return new FileProblem('too-many-strings', message, { expected: `at most ${most}` })
}
