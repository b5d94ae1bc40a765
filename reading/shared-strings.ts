import { unescapeXstring } from './cell-value.ts'
import { FileProblem } from './file-problem.ts'
import type { ReadLimits } from './limits.ts'
import { damaged, readXml, type XmlHandler } from './xml.ts'
import type { ZipParts } from './zip.ts'

/**
 * The texts that cells refer to by number. Kept as UTF-8 in one buffer: two million short strings would fill the heap
 * with 100 bytes each, here they take their own bytes and four more.
 */
export class SharedStrings {
  private bytes = Buffer.allocUnsafeSlow(64 * 1024)
  private ends = new Uint32Array(1024)
  private count = 0
  private readonly limit: number

  constructor(limits: ReadLimits) {
    this.limit = limits.sharedStringBytes
  }

  /** @throws FileProblem `workbook-damaged` when there is no such string */
  get(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count)
      throw damaged('a cell refers to a text that is not there')
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index])
  }

  /** @throws FileProblem `too-many-strings` */
  add(text: string): void {
    const start = this.count === 0 ? 0 : (this.ends[this.count - 1] ?? 0)
    // Half a surrogate pair, from an escape, has no UTF-8: U+FFFF stands for it, as everywhere in the reader.
    const whole = text.replace(/\p{Surrogate}/gu, '\uFFFF')
    const needed = start + whole.length * 3
    if (start + whole.length + (this.count + 1) * 4 > this.limit) throw tooManyStrings(this.limit)
    if (needed > this.bytes.byteLength) this.growBytes(needed)
    if (this.count === this.ends.length) this.growEnds()
    this.ends[this.count++] = start + this.bytes.write(whole, start)
  }

  private growBytes(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.ceil(this.bytes.byteLength * 1.5)))
    this.bytes.copy(larger)
    this.bytes = larger
  }

  private growEnds(): void {
    const larger = new Uint32Array(Math.ceil(this.ends.length * 1.5))
    larger.set(this.ends)
    this.ends = larger
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
  for await (const _ of readXml(zip.inflate(part), new StringItems(strings))) {
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

  constructor(strings: SharedStrings) {
    this.strings = strings
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
    if (this.inText) this.current += text
  }
}

function tooManyStrings(limit: number): FileProblem {
  const most = `${Math.floor(limit / (1024 * 1024))} MiB`
  const message = `The workbook holds more than ${most} of different texts. Divide it, or save the list as CSV.`
  return new FileProblem('too-many-strings', message, { expected: `at most ${most}` })
}
