import { type Encoding, fromWindows1252 } from '../detect/encoding.ts'

/** The byte order mark. Without it UTF-16 cannot be detected, and Excel misreads UTF-8. */
const MARK = '\ufeff'

/** Windows-1252's characters outside ASCII, by character (WHATWG Encoding, "Legacy single-byte encodings"). */
const windows1252 = new Map(
  Array.from({ length: 128 }, (_, i) => [fromWindows1252(Buffer.of(i + 128)), i + 128] as const),
)

/** Encodes text in one of the encodings that the reader supports. A character that Windows-1252 lacks becomes `?`. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8')
    case 'utf-16le':
      return Buffer.from(text, 'utf16le')
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16()
    case 'windows-1252':
      return Buffer.from(Array.from(text, (character) => byteOf(character)))
  }
}

/** The byte order mark of an encoding that has one; empty for Windows-1252. */
export function markOf(encoding: Encoding): Buffer {
  return encoding === 'windows-1252' ? Buffer.alloc(0) : encodeText(MARK, encoding)
}

function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? 63
  return code < 128 ? code : (windows1252.get(character) ?? 63)
}
