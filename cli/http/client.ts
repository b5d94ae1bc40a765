import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '../types.ts'
import { ApiProblem, Unreachable } from './errors.ts'
import type { FileToSend } from './file-to-send.ts'
import { formOf } from './form.ts'
import { sendBody } from './send-body.ts'
import type { Target } from './target.ts'

/**
 * Pauses between attempts, in milliseconds. A restart of the API takes seconds, and a wrong URL should be reported
 * soon.
 */
export const RETRY_PAUSES: readonly number[] = [300, 700, 1_500, 3_000, 6_000]

/** Temporary failures: the same request may succeed a moment later. */
const TRY_AGAIN = new Set([429, 502, 503, 504])

export interface RequestOptions {
  method?: 'GET' | 'POST'
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal | undefined
  /** Called before each retry with the reason, for display. */
  onRetry?: ((why: string) => void) | undefined
}

/**
 * Calls the public HTTP API. Retries every request on connection errors and on 429, 502, 503 and 504 until the pauses
 * are used up. The server makes this safe: an upload carries an `Idempotency-Key`, and the state of an import guards
 * `confirm`, `resume` and `cancel`.
 */
export class Client {
  readonly target: Target
  readonly #pauses: readonly number[]

  constructor(target: Target, pauses: readonly number[] = RETRY_PAUSES) {
    this.target = target
    this.#pauses = pauses
  }

  /**
   * Sends a request and parses the JSON response.
   *
   * @throws ApiProblem when the API rejects the request, Unreachable when it does not respond
   */
  async json<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.#retried(options, () => this.open(path, options))
    return parseBody<T>(await response.text().catch(() => ''), response.status)
  }

  /** Returns a response whose body is read while it arrives, for results of any size. */
  async stream(path: string, options: RequestOptions = {}): Promise<Response> {
    return this.#retried(options, () => this.open(path, options))
  }

  /**
   * Posts a form with a file that is read from disk while it is sent. Each retry reads the file again from the start.
   */
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

  /** Makes one attempt. Returns the response if its status is 2xx and throws otherwise. */
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

/** The longest `Retry-After` to honour, in milliseconds. A human waits at the terminal. */
const LONGEST_PAUSE = 30_000

/** Returns the milliseconds that the API asked to wait, or 0 without such a header. */
function askedPause(error: unknown): number {
  return error instanceof ApiProblem ? Math.min(error.retryAfter, LONGEST_PAUSE) : 0
}

/** Returns the API's path of an import, or of a resource below it. */
export function importPath(id: string, below = ''): string {
  return `/v1/imports/${encodeURIComponent(id)}${below}`
}

/** Returns true for a temporary failure: no connection, or a status that allows a retry. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem ? TRY_AGAIN.has(error.problem.status) : isConnectionError(error)
}

/** The codes of Node and its HTTP clients for a connection that failed or broke. */
const CONNECTION_CODE =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_\w+|UND_ERR_\w+)$/

/** Returns the code of the error. `fetch` throws a TypeError with a cause, `node:http` a system error. */
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
  // RFC 9110, section 10.2.3, allows seconds or a date. No part of Muster sends a date.
  const retryAfter = Number(header('retry-after') ?? 0) * 1_000 || 0
  return new ApiProblem(readProblem(status, text), header('x-request-id'), retryAfter)
}

/** Parses the problem in a response. Any other body, such as a proxy's page, becomes a problem without details. */
function readProblem(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null
    if (typeof body?.title === 'string') return { ...body, title: body.title, status }
  } catch {
    // The body is not JSON, so only the status is known.
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
