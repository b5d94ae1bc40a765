import type { ReadStream } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

export interface FileToSend {
  path: string
  /** Bytes. */
  size: number
  /** Media type. */
  type: string
}

export interface Answer {
  status: number
  text: string
  header: (name: string) => string | null
}

/** The file did not stay as it was while it was being sent. */
export class FileChanged extends Error {
  constructor() {
    super('The file became shorter while it was being sent. Nothing was imported; send it again.')
  }
}

/**
 * Posts a file as the body of a request. `fetch` would do, but it lets the memory grow with the file (474 MB for 400
 * MB, against 86 MB here) and loses the answer of a server that refuses before it has read everything.
 *
 * @param body null for an empty file
 * @throws the system's error when the connection fails before an answer came
 */
export async function sendFile(url: string, body: ReadStream | null, headers: Record<string, string>): Promise<Answer> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  const request = send(url, { method: 'POST', headers, agent: false })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve)
    request.on('error', reject)
  })
  // A refusal closes the connection under the upload: then the answer counts, not the broken pipe.
  const sent = body === null ? Promise.resolve(request.end()) : pipeline(body, request)
  // A file that got shorter meanwhile would leave the server waiting for the bytes that were announced.
  void sent.then(
    () => {
      if (body && body.bytesRead < Number(headers['Content-Length'])) request.destroy(new FileChanged())
    },
    () => undefined,
  )
  const [response] = await Promise.all([answered, Promise.race([sent.catch(() => undefined), answered])])
  const answer = { status: response.statusCode ?? 0, text: await text(response), header: headerOf(response) }
  body?.destroy()
  request.destroy()
  return answer
}

function headerOf(response: IncomingMessage): Answer['header'] {
  return (name) => {
    const value = response.headers[name]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }
}
