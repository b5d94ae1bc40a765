import { unescapeXstring } from './cell-value.ts'
import { FileProblem } from './file-problem.ts'
import { CELL_BYTES, IDLE_ELEMENTS_PER_VALUE, MOST_ESCAPED, type ReadLimits, UNUSED_STRINGS } from './limits.ts'
import { textTooLong } from './source-record.ts'
import { TextStore } from './text-store.ts'
import { drain, type Workbook } from './workbook.ts'
import { damaged } from './workbook-problem.ts'
import type { XmlHandler, XmlTag } from './xml.ts'
import type { ZipParts } from './zip.ts'

/** The texts that cells refer to by number. */
export class SharedStrings {
  private readonly texts = new TextStore()
  private readonly limits: ReadLimits
  private readonly most: number

  /** @param most texts that the cells of the workbook have room for */
  constructor(limits: ReadLimits, most: number) {
    this.limits = limits
    this.most = most
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
    this.checkCount(texts.count + 1)
    const limit = this.limits.sharedStringBytes
    if (texts.bytes + text.length + (texts.count + 1) * 4 > limit) throw tooManyStrings(limit)
    // Half a surrogate pair, from an escape, has no UTF-8: U+FFFF stands for it, as everywhere in the reader.
    texts.add(/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\uFFFF') : text)
  }

  /** Also of a number that the file only claims. @throws FileProblem `too-many-strings` */
  checkCount(texts: number): void {
    if (texts > this.most) throw moreThanCells(this.most)
  }
}

/** Reads the part; a workbook without one has its texts in the cells. */
export async function readSharedStrings(
  zip: ZipParts,
  { sharedStringsPart: part, sheets }: Workbook,
  limits: ReadLimits,
): Promise<SharedStrings> {
  const cells = Math.floor(zip.inflatedBytes(new Set(sheets.map((sheet) => sheet.part))) / CELL_BYTES)
  const strings = new SharedStrings(limits, UNUSED_STRINGS + cells)
  if (part !== null && zip.has(part)) await drain(zip, part, new StringItems(strings, limits))
  return strings
}

/** `<si>` with one `<t>`, or rich text with several in `<r>`; what `<rPh>` holds is only how to pronounce it. */
class StringItems implements XmlHandler {
  idle = 0
  private readonly strings: SharedStrings
  private current = ''
  private inText = false
  private phonetic = false
  private readonly limits: ReadLimits

  constructor(strings: SharedStrings, limits: ReadLimits) {
    this.strings = strings
    this.limits = limits
  }

  open(name: string, tag: XmlTag): void {
    if (name === 't') this.inText = !this.phonetic
    else if (name === 'rPh') this.phonetic = true
    else if (name === 'si') this.current = ''
    else if (name === 'sst') this.strings.checkCount(Number(tag.attribute('uniqueCount') ?? 0))
  }

  close(name: string): void {
    if (name === 't') this.inText = false
    else if (name === 'rPh') this.phonetic = false
    else if (name === 'si') {
      this.strings.add(unescapeXstring(this.current))
      this.idle -= IDLE_ELEMENTS_PER_VALUE
    }
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

function moreThanCells(limit: number): FileProblem {
  const most = limit.toLocaleString('en')
  const message = `The workbook holds more different texts than its cells have room for (${most}). Save the list as CSV.`
  return new FileProblem('too-many-strings', message, { expected: `at most ${most} texts` })
}
