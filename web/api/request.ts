import { readProblem, unreachable } from './problem.ts'
import type { Operations } from './schema.ts'
import { type OnSent, upload } from './upload.ts'

/** `GET /v1/imports/{id}` and all the others that the API describes. */
export type Operation = keyof Operations
export type Answer<O extends Operation> = Operations[O]['answer']

/** A part of a request may be left out where nothing in it is required. */
type Part<Name extends string, T> = [T] extends [undefined]
  ? { [N in Name]?: undefined }
  : Record<never, never> extends T
    ? { [N in Name]?: T | undefined }
    : { [N in Name]: T }

/** What an operation is asked with. */
export type Input<O extends Operation> = Part<'path', Operations[O]['path']> &
  Part<'query', Operations[O]['query']> &
  Part<'body', Operations[O]['body']> & { headers?: Record<string, string>; signal?: AbortSignal; onSent?: OnSent }

interface AnyInput {
  path?: object | undefined
  query?: object | undefined
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Told how much of the body was sent; for a body that takes a while. */
  onSent?: OnSent
}

/**
 * Asks the API, as whoever is signed in.
 *
 * @throws ApiError for an answer that is a problem, and for none
 */
export async function request<O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> {
  return (await send(operation, input as AnyInput)) as Answer<O>
}

async function send(operation: string, { body, headers, signal, onSent, ...input }: AnyInput): Promise<unknown> {
  const isForm = body instanceof FormData
  const init = {
    method: operation.slice(0, operation.indexOf(' ')),
    headers: { ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
  const address = addressOf(operation, input)
  const response = await (onSent ? upload(address, init, onSent) : fetch(address, init)).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw unreachable()
  })
  if (!response.ok) throw await readProblem(response)
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  if (response.status === 204) return null
  return isJson ? response.json() : response.text()
}

/** The address of an operation with its path and query filled in; for links to downloads, too. */
export function addressOf(operation: string, { path = {}, query = {} }: Pick<AnyInput, 'path' | 'query'> = {}): string {
  const filled = operation
    .slice(operation.indexOf(' ') + 1)
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((path as Record<string, unknown>)[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size === 0 ? filled : `${filled}?${search}`
}
