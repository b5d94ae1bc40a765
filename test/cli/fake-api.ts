import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Import } from '../../cli/types.ts'

/** A request as the API received it. */
export interface Received {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: Buffer
}

export interface FakeApi {
  url: string
  port: number
  received: Received[]
  close: () => Promise<void>
}

export type Answer = (request: Received, response: ServerResponse, earlier: number) => void | Promise<void>

/**
 * Starts a local HTTP server in place of the API, for situations that are hard to cause in the real one. `answers` are
 * keyed by `METHOD path`. Each gets the number of earlier requests with the same key. The body is read before the
 * response is sent.
 */
export async function startFakeApi(answers: Record<string, Answer>, port = 0): Promise<FakeApi> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const method = request.method ?? ''
    const body = await buffer(request).catch(() => null)
    if (body === null) return
    const seen: Received = { method, path: url.pathname, query: url.searchParams, headers: request.headers, body }
    const earlier = received.filter((other) => other.method === method && other.path === url.pathname).length
    received.push(seen)
    const answer = answers[`${method} ${url.pathname}`]
    if (answer) await answer(seen, response, earlier)
    else
      sendProblem(response, { title: 'Not found', status: 404, code: 'not-found', detail: 'There is no such thing.' })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${taken}`, port: taken, received, close }
}

/** Parses the form of a request: its fields as text, and its file as `fileName` and text. */
export async function formOf({ headers, body }: Received): Promise<Record<string, string>> {
  const type = headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData()
  const fields: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else Object.assign(fields, { [name]: await value.text(), fileName: value.name })
  }
  return fields
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

export function sendProblem(response: ServerResponse, problem: { status: number; [member: string]: unknown }): void {
  response
    .writeHead(problem.status, { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'req-7' })
    .end(JSON.stringify({ type: 'about:blank', ...problem }))
}

/** Sends imports as server-sent events and leaves the stream open. */
export function sendEvents(response: ServerResponse, imports: readonly Import[]): void {
  if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  for (const found of imports) response.write(`event: import\ndata: ${JSON.stringify(found)}\n\n`)
}

/** Returns an import in the form of the API: completed, with 60 new users, plus the given changes. */
export function anImport(changes: Partial<Import> = {}): Import {
  return {
    id: '0198c0de-0000-7000-8000-000000000001',
    status: 'completed',
    phase: 'done',
    file: { name: 'people.csv', size: 5_120 },
    template: 'onboarding',
    options: { existing: 'skip', dryRun: false },
    plan: { create: 60, invite: 0, update: 0, skip: 0, invalid: 0, assignments: 119, emails: 60 },
    counts: someCounts(),
    problem: null,
    createdAt: '2026-11-23T09:00:00.000Z',
    startedAt: '2026-11-23T09:00:01.000Z',
    finishedAt: '2026-11-23T09:00:05.200Z',
    links: {},
    ...changes,
  }
}

export function someCounts(changes: Partial<Import['counts']> = {}): Import['counts'] {
  return {
    records: 60,
    valid: 60,
    invalid: 0,
    created: 60,
    invited: 0,
    updated: 0,
    skipped: 0,
    assignments: 119,
    emails: { queued: 0, sent: 60, failed: 0 },
    ...changes,
  }
}

export const noCounts = (records = 0) =>
  someCounts({ records, valid: 0, created: 0, assignments: 0, emails: { queued: 0, sent: 0, failed: 0 } })
