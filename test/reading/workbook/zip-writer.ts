import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  content: Buffer | string
  /** The size that the directory claims instead of the real one. */
  claimedSize?: number
  encrypted?: boolean
}

/** Writes a ZIP file (APPNOTE.TXT 6.3.10), with false claims if a test needs them. */
export function zip(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const content = Buffer.from(entry.content)
    const packed = deflateRawSync(content, { level: 6 })
    const fields = fieldsOf(entry, content, packed, name)
    const local = Buffer.concat([u32(0x04034b50), fields, name, packed])
    locals.push(local)
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), fields, u16(0), u16(0), u16(0), u32(0), u32(offset), name]))
    offset += local.byteLength
  }
  const central = Buffer.concat(directory)
  const end = [u32(0x06054b50), u16(0), u16(0), u16(entries.length), u16(entries.length)]
  return Buffer.concat([...locals, central, ...end, u32(central.byteLength), u32(offset), u16(0)])
}

function fieldsOf(entry: ZipEntry, content: Buffer, packed: Buffer, name: Buffer): Buffer {
  const flags = 0x0800 | (entry.encrypted ? 1 : 0)
  const sizes = [u32(crc32(content)), u32(packed.byteLength), u32(entry.claimedSize ?? content.byteLength)]
  return Buffer.concat([u16(20), u16(flags), u16(8), u16(0), u16(0x21), ...sizes, u16(name.byteLength), u16(0)])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
