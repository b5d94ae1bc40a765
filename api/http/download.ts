import { Readable } from 'node:stream'

/** Streams a file. A failure breaks the connection off, so that no client takes half a file for a complete one. */
export function download(parts: AsyncGenerator<string | Buffer>, name: string, type: string): Response {
  const body = Readable.toWeb(Readable.from(encoded(parts), { objectMode: false })) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` },
  })
}

async function* encoded(parts: AsyncGenerator<string | Buffer>): AsyncGenerator<Buffer> {
  for await (const part of parts) if (part.length > 0) yield Buffer.from(part)
}
