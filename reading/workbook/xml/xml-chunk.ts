import { isAscii } from 'node:buffer'

/**
 * A run of XML, twice: as bytes, which are looked at one by one faster than characters, and as a string with a character
 * for each byte, which is searched and cut at the same places.
 */
export class XmlChunk {
  bytes: Buffer = Buffer.alloc(0)
  text = ''
  private ascii = true

  /** @param bytes valid UTF-8 */
  take(bytes: Buffer): void {
    this.bytes = bytes
    this.text = bytes.toString('latin1')
    this.ascii = isAscii(bytes)
  }

  /** The text of these bytes. */
  slice(start: number, end: number): string {
    return this.ascii ? this.text.slice(start, end) : this.bytes.toString('utf8', start, end)
  }
}
