import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Body, FileChanged } from './form.ts'

export interface Answer {
  status: number
  text: string
  header: (name: string) => string | null
}

/**
 * Posts a body that may be large. `fetch` lets the memory grow with the file (474 MB for 400 MB, against 95 MB here)
 * and loses the response of a server that rejects the request before it has read the whole body.
 *
 * @throws FileChanged, or the system's error when the connection fails before a response arrives
 */
export async function sendBody(url: string, body: Body, headers: Record<string, string>): Promise<Answer> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  const request = send(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': body.type, 'Content-Length': String(body.length) },
    agent: false,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve)
    request.on('error', reject)
  })
  // A server that rejects the upload may close the connection. Then its response counts, not the broken pipe.
  const sent = pipeline(Readable.from(body.open()), request).catch((error: unknown) => {
    if (error instanceof FileChanged) throw error
  })
  const [response] = await Promise.all([Promise.race([answered, broken(sent)]), Promise.race([sent, answered])])
  const answer = { status: response.statusCode ?? 0, text: await text(response), header: headerOf(response) }
  request.destroy()
  return answer
}

/** Never resolves. Rejects when reading the body fails, so that the wait for a response ends. */
function broken(sent: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    sent.catch(reject)
  })
}

function headerOf(response: IncomingMessage): Answer['header'] {
  return (name) => {
    const value = response.headers[name]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }
}
