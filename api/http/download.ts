import { Readable } from 'node:stream'

/** An answer that is made while it is read. What fails on the way cuts it off: half a file must not look whole. */
export function download(parts: AsyncGenerator<string | Buffer>, name: string, type: string): Response {
  const body = Readable.toWeb(Readable.from(encoded(parts), { objectMode: false })) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` },
  })
}

async function* encoded(parts: AsyncGenerator<string | Buffer>): AsyncGenerator<Buffer> {
  for await (const part of parts) if (part.length > 0) yield Buffer.from(part)
}
