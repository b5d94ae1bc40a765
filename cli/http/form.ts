import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FileToSend } from './file-to-send.ts'

/** A body of known length that is read from disk while it is sent. */
export interface Body {
  /** Media type. */
  type: string
  /** Bytes. */
  length: number
  /** Opens the body at its start. Each retry sends it again. */
  open: () => AsyncGenerator<Uint8Array>
}

/**
 * Builds a form (RFC 7578) with the fields first and the file last. Options in a URL would be limited by its length and
 * logged with it.
 */
export function formOf(fields: Record<string, string>, file: FileToSend): Body {
  const boundary = `muster-${randomUUID()}`
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escaped(file.name)}"\r\n`
  const before = Buffer.from(`${parts.join('')}${head}Content-Type: application/octet-stream\r\n\r\n`)
  const after = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: before.length + file.size + after.length,
    open: async function* open() {
      yield before
      let sent = 0
      if (file.size > 0) {
        for await (const chunk of createReadStream(file.path, { end: file.size - 1 })) {
          sent += (chunk as Buffer).length
          yield chunk as Buffer
        }
      }
      // The server would wait for the bytes that Content-Length announced.
      if (sent < file.size) throw new FileChanged()
      yield after
    },
  }
}

/** The file changed while it was being sent. */
export class FileChanged extends Error {
  constructor() {
    super('The file became shorter while it was being sent. Nothing was imported; send it again.')
  }
}

/** Encodes a name as browsers do (HTML standard, "multipart/form-data encoding algorithm"). */
function escaped(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}
