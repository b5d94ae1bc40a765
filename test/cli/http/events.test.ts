import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvents, type ServerSentEvent } from '../../../cli/http/events.ts'

async function read(...chunks: Uint8Array[]): Promise<ServerSentEvent[]> {
  async function* body() {
    yield* chunks
  }
  const events: ServerSentEvent[] = []
  for await (const event of readEvents(body())) events.push(event)
  return events
}

const stream =
  ': hello\r\nevent: import\r\ndata: {"name":\r\ndata: "Zoë 佐藤"}\r\n\r\nretry: 5\n\ndata\n\nevent:x\rdata:  y\r\r\n'
const events = [
  { event: 'import', data: '{"name":\n"Zoë 佐藤"}' },
  { event: 'message', data: '' },
  { event: 'x', data: ' y' },
]

test('events are the same wherever the network cuts them, even inside a character or a line end', async () => {
  const whole = new TextEncoder().encode(stream)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(whole.length)), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), whole.length]
      const chunks = at.slice(1).map((end, i) => whole.slice(at[i], end))
      expect(await read(...chunks)).toEqual(events)
    }),
  )
})

test('an event that the end of the stream cuts off is dropped', async () => {
  expect(await read(new TextEncoder().encode('data: whole\n\ndata: half'))).toEqual([
    { event: 'message', data: 'whole' },
  ])
})
