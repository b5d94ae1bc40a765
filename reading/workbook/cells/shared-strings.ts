import { FileProblem } from '../../file-problem.ts'
import {
  CELL_BYTES,
  IDLE_ELEMENTS_PER_VALUE,
  MOST_ESCAPED,
  type ReadLimits,
  TEXT_PER_SHEET_BYTE,
  UNUSED_STRING_BYTES,
  UNUSED_STRINGS,
} from '../../limits.ts'
import { mebibytes } from '../../source/byte-source.ts'
import { textTooLong } from '../../source/source-record.ts'
import { drain, type SheetEntry, type Workbook } from '../workbook.ts'
import { damaged } from '../workbook-problem.ts'
import type { XmlHandler, XmlTag } from '../xml/xml-handler.ts'
import type { ZipParts } from '../zip.ts'
import { unescapeXstring } from './cell-value.ts'
import { TextStore } from './text-store.ts'

/** What the cells of a workbook have room for. */
interface Room {
  texts: number
  bytes: number
}

/** The texts that cells refer to by number. */
export class SharedStrings {
  private readonly texts = new TextStore()
  private readonly limit: number
  private readonly room: Room

  /** @param limit bytes of all texts, however much room there is */
  constructor(limit: number, room: Room) {
    this.limit = limit
    this.room = room
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
    const bytes = texts.bytes + text.length + (texts.count + 1) * 4
    if (bytes > this.limit) throw tooManyStrings(this.limit)
    if (bytes > this.room.bytes) throw moreThanCells(mebibytes(this.room.bytes))
    // UTF-8 cannot encode half a surrogate pair from an escape. The whole reader replaces it by U+FFFF.
    texts.add(/[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\uFFFF') : text)
  }

  /** Also of a number that the file only claims. @throws FileProblem `too-many-strings` */
  checkCount(texts: number): void {
    if (texts > this.room.texts) throw moreThanCells(`${this.room.texts.toLocaleString('en')} texts`)
  }
}

/** Reads the part; a workbook without one has its texts in the cells. */
export async function readSharedStrings(
  zip: ZipParts,
  { sharedStringsPart: part, sheets }: Workbook,
  limits: ReadLimits,
): Promise<SharedStrings> {
  const strings = new SharedStrings(limits.sharedStringBytes, roomOf(zip, sheets))
  if (part !== null && zip.has(part)) await drain(zip, part, new StringItems(strings, limits))
  return strings
}

function roomOf(zip: ZipParts, sheets: SheetEntry[]): Room {
  const bytes = zip.inflatedBytes(new Set(sheets.map((sheet) => sheet.part)))
  return {
    texts: UNUSED_STRINGS + Math.floor(bytes / CELL_BYTES),
    bytes: UNUSED_STRING_BYTES + bytes * TEXT_PER_SHEET_BYTE,
  }
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
  const most = mebibytes(limit)
  const message = `The workbook holds more than ${most} of different texts. Divide it, or save the list as CSV.`
  return new FileProblem('too-many-strings', message, { expected: `at most ${most}` })
}

function moreThanCells(most: string): FileProblem {
  const message = `The workbook holds more different texts than its cells have room for (${most}). Save the list as CSV.`
  return new FileProblem('too-many-strings', message, { expected: `at most ${most}` })
}
