/** One server-sent event: its name, and its data with the lines joined. */
export interface ServerSentEvent {
  event: string
  data: string
}

/**
 * Reads a stream of server-sent events by the HTML standard (section 9.2.6). Events end at an empty line. Comments and
 * unknown fields are ignored. An event that the end of the stream cuts off is dropped.
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event = ''
  let data: string[] = []
  for await (const line of lines(body)) {
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n') }
      event = ''
      data = []
      continue
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
  }
}

/**
 * Yields lines that end in CR LF, LF or CR. A CR at the end of a chunk waits for the next chunk, which may start with
 * LF.
 */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    const parts = rest.split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop() ?? ''
    yield* parts
  }
}
