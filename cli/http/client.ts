import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '../types.ts'
import { ApiProblem, Unreachable } from './errors.ts'
import type { FileToSend } from './file-to-send.ts'
import { formOf } from './form.ts'
import { sendBody } from './send-body.ts'
import type { Target } from './target.ts'

/** Pauses between tries, in milliseconds: a restart of the API takes seconds, a wrong address should be told soon. */
export const RETRY_PAUSES: readonly number[] = [300, 700, 1_500, 3_000, 6_000]

/** Answers that say "not now": the same request may succeed in a moment. */
const TRY_AGAIN = new Set([429, 502, 503, 504])

export interface RequestOptions {
  method?: 'GET' | 'POST'
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal | undefined
  /** What to tell the person before a further try. */
  onRetry?: ((why: string) => void) | undefined
}

/**
 * Speaks the public HTTP API. Every request is repeated on connection errors and on 429, 502, 503 and 504 until the
 * pauses are used up; the server makes that safe (an upload carries an `Idempotency-Key`, answers to an import are
 * guarded by its state).
 */
export class Client {
  readonly target: Target
  readonly #pauses: readonly number[]

  constructor(target: Target, pauses: readonly number[] = RETRY_PAUSES) {
    this.target = target
    this.#pauses = pauses
  }

  /** @throws ApiProblem when the API refuses, Unreachable when nobody answers */
  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.#retried(options, () => this.open(path, options))
    return parseBody<T>(await response.text().catch(() => ''), response.status)
  }

  /** An answer whose body is read as it comes, for results of any size. */
  async stream(path: string, options: RequestOptions = {}): Promise<Response> {
    return this.#retried(options, () => this.open(path, options))
  }

  /** Posts a form with a file, read from disk as it goes; a further try reads it again from the start. */
  async upload<T>(
    path: string,
    file: FileToSend,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
    options: RequestOptions = {},
  ): Promise<T> {
    const body = formOf(fields, file)
    return this.#retried(options, async () => {
      const answer = await sendBody(this.#url(path), body, { ...this.#headers(), ...headers })
      if (answer.status >= 300) throw refusal(answer.status, answer.text, answer.header)
      return parseBody<T>(answer.text, answer.status)
    })
  }

  /** One try: the response when its status is 2xx, an error otherwise. */
  async open(path: string, options: RequestOptions, accept = 'application/json'): Promise<Response> {
    const { method = 'GET', signal, body } = options
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const response = await fetch(this.#url(path), {
      method,
      redirect: 'manual',
      headers: { ...this.#headers(), Accept: accept, ...json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    if (response.ok) return response
    throw refusal(response.status, await response.text(), (name) => response.headers.get(name))
  }

  #url(path: string): string {
    return `${this.target.url}${path}`
  }

  #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.target.key}`, 'User-Agent': 'muster-cli' }
  }

  async #retried<T>({ signal, onRetry }: RequestOptions, send: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await send()
      } catch (error) {
        signal?.throwIfAborted()
        const pause = this.#pauses[tries]
        if (pause === undefined || !isPassing(error)) throw this.#explained(error)
        onRetry?.(error instanceof ApiProblem ? `The API says: ${error.message}.` : 'The API does not answer.')
        await delay(Math.max(pause, askedPause(error)), undefined, signal ? { signal } : {})
      }
    }
  }

  #explained(error: unknown): unknown {
    if (!isConnectionError(error)) return error
    const { url, source } = this.target
    return new Unreachable(
      `Nobody answers at ${url} (${errorCode(error)}). The address comes from ${source}; is it up?`,
    )
  }
}

/** The longest `Retry-After` that is obeyed, in milliseconds: a person sits before it. */
const LONGEST_PAUSE = 30_000

/** Milliseconds that the API asked to wait; 0 when it did not. */
function askedPause(error: unknown): number {
  return error instanceof ApiProblem ? Math.min(error.retryAfter, LONGEST_PAUSE) : 0
}

/** The API's path of an import, or of something below it. */
export function importPath(id: string, below = ''): string {
  return `/v1/imports/${encodeURIComponent(id)}${below}`
}

/** True for a failure that may be gone in a moment: no connection, or an answer that says so. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem ? TRY_AGAIN.has(error.problem.status) : isConnectionError(error)
}

/** What the system and Node's HTTP clients call a connection that could not be made or broke. */
const CONNECTION_CODE =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_\w+|UND_ERR_\w+)$/

/** `fetch` gives a TypeError with a cause, `node:http` a system error. */
function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError ? error.cause !== undefined : CONNECTION_CODE.test(errorCode(error))
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { code, cause } = error as NodeJS.ErrnoException
  return cause instanceof Error ? errorCode(cause) : typeof code === 'string' ? code : ''
}

function refusal(status: number, text: string, header: (name: string) => string | null): Error {
  if (status >= 300 && status < 400) {
    return new Unreachable(
      `The API's address leads elsewhere (status ${status}): use ${header('location') ?? 'that one'}.`,
    )
  }
  // RFC 9110, section 10.2.3: seconds, or a date, which no part of Muster sends.
  const retryAfter = Number(header('retry-after') ?? 0) * 1_000 || 0
  return new ApiProblem(readProblem(status, text), header('x-request-id'), retryAfter)
}

/** The problem in an answer; whatever else stands there (a proxy's page) becomes a problem without details. */
function readProblem(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null
    if (typeof body?.title === 'string') return { ...body, title: body.title, status }
  } catch {
    // Not JSON: the status is all there is to tell.
  }
  return { title: `The API answered with status ${status}`, status }
}

function parseBody<T>(text: string, status: number): T {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new Unreachable(`The address answers (status ${status}), but not as Muster's API does.`)
  }
}
