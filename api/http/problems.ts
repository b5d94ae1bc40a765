import { isGrpcServiceError, ServiceError } from '@temporalio/client'
import { HTTPException } from 'hono/http-exception'
import { isPassing } from '../../db/core/transaction.ts'
import { FileTooLarge } from '../../db/files/files.ts'
import { type Problem, problem } from '../../domain/problems/problem.ts'

/** Every problem of the API by its stable code: HTTP status and title. */
const kinds = {
  'malformed-request': [400, 'The request cannot be read'],
  unauthorized: [401, 'An API key or a sign-in is required'],
  'wrong-credentials': [401, 'Wrong e-mail address or password'],
  'sign-in-expired': [401, 'The sign-in expired'],
  'platform-key-required': [403, 'Platform-wide access is required'],
  'account-required': [403, 'Only available to administrators who sign in'],
  'cross-origin': [403, 'The request comes from another site'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'Method not allowed'],
  'already-exists': [409, 'Already exists'],
  'own-account': [409, 'You cannot change your own access'],
  'last-administrator': [409, 'The platform needs an administrator'],
  'account-active': [409, 'The administrator already has a password'],
  'second-factor-on': [409, 'The second factor is already on'],
  'second-factor-off': [409, 'The second factor is off'],
  'in-use': [409, 'Still in use'],
  'already-ended': [409, 'The import has ended'],
  'not-in-review': [409, 'The import is not waiting for confirmation'],
  'not-paused': [409, 'The import is not paused'],
  'cannot-revalidate': [409, 'The import cannot be checked again'],
  'cannot-teach': [409, 'The import cannot take title aliases now'],
  'draft-imported': [409, 'The draft is being imported'],
  'no-plan': [409, 'The import has no plan'],
  'link-used': [410, 'The link was already used'],
  'link-replaced': [410, 'A newer link replaced this one'],
  'link-expired': [410, 'The link expired'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The content type is not supported'],
  'invalid-request': [422, 'The request is not valid'],
  'wrong-password': [422, 'The password is wrong'],
  'wrong-code': [422, 'The code is wrong'],
  'weak-password': [422, 'Choose a stronger password'],
  'invalid-options': [422, 'The options are not valid'],
  'permission-set-required': [422, 'Choose a permission set'],
  'unknown-template': [422, 'Unknown template'],
  'mapping-not-supported': [422, 'This template does not support a mapping'],
  'invalid-mapping': [422, 'The columns cannot be matched'],
  'missing-file': [422, 'The file is missing'],
  'invalid-idempotency-key': [422, 'The idempotency key is not valid'],
  'idempotency-key-reused': [422, 'The idempotency key was used for another request'],
  'rate-limited': [429, 'Too many requests'],
  'internal-error': [500, 'Something went wrong'],
  'database-unavailable': [503, 'The database is unavailable'],
  'temporal-unavailable': [503, 'Temporal is unavailable'],
  'worker-unavailable': [503, 'No worker responded'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemCode = keyof typeof kinds

/** `Retry-After` of a 429 or a 503 that sets none of its own. */
const RETRY_AFTER_SECONDS = 5

/** A problem response. Code below a route throws it. `detail` is a sentence for the reader of the response. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly extensions: Record<string, unknown>
  /** Sent in addition to `Retry-After`, which every 429 and 503 has. */
  readonly headers: Record<string, string>

  constructor(
    code: ProblemCode,
    detail: string,
    extensions: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail)
    this.code = code
    this.extensions = extensions
    this.headers = headers
  }
}

/** Returns 404 for a missing resource and for one outside the caller's companies. */
export function notFound(what: string): ApiProblem {
  return new ApiProblem('not-found', `There is no ${what} with this id.`)
}

/** Turns any error into a problem. An unexpected error returns 500 with only the request id. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof FileTooLarge) return new ApiProblem('too-large', 'The file is larger than the limit.')
  if (error instanceof HTTPException) return ofStatus(error.status)
  if (isUnreachable(error)) {
    return new ApiProblem(
      'temporal-unavailable',
      'Temporal cannot be reached. Nothing was lost. Try again in a few seconds.',
    )
  }
  if (isPassing(error)) {
    return new ApiProblem('database-unavailable', 'The database cannot be reached. Try again in a few seconds.')
  }
  const constraint = uniqueConstraint(error)
  if (constraint) return alreadyThere(constraint)
  return unexpected()
}

/** Sends a problem as RFC 9457, section 3, defines it. */
export function problemResponse(error: ApiProblem, requestId: string): Response {
  const [status, title] = kinds[error.code]
  const body: Problem = problem(error.code, status, title, error.message, { ...error.extensions, requestId })
  const retry = status === 429 || status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {}
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': requestId, ...retry, ...error.headers },
  })
}

/** True when a call to Temporal failed without a statement about the workflow: no connection, or no response in time. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof ServiceError && error.cause) return isUnreachable(error.cause)
  return isGrpcServiceError(error) && [UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED].includes(error.code)
}

/** gRPC status codes (grpc.io/docs/guides/status-codes). */
const CANCELLED = 1
const DEADLINE_EXCEEDED = 4
const UNAVAILABLE = 14

function ofStatus(status: number): ApiProblem {
  if (status === 415) {
    return new ApiProblem('unsupported-media-type', 'This URL does not accept the Content-Type of the request.')
  }
  if (status === 413) return new ApiProblem('too-large', 'The request body is larger than the limit.')
  if (status < 500) return new ApiProblem('malformed-request', 'The body is not valid JSON.')
  return unexpected()
}

function unexpected(): ApiProblem {
  return new ApiProblem('internal-error', 'Find the cause in the server’s log under this request id.')
}

/** For each unique constraint, the field and the sentence that a form shows at it. */
const duplicates: Record<string, [field: string, sentence: string]> = {
  companies_name_key: ['name', 'Another company has this name.'],
  cohorts_company_id_name_key: ['name', 'Another cohort of this company has this name.'],
  groups_name_key: ['name', 'Another group has this name.'],
  permission_sets_name_key: ['name', 'Another permission set has this name.'],
  collections_name_key: ['name', 'Another collection has this name.'],
  campaigns_name_key: ['name', 'Another campaign has this name.'],
  custom_fields_key_key: ['key', 'Another custom field has this key.'],
  console_accounts_email_key: ['email', 'Another administrator has this e-mail address.'],
  email_texts_company_id_kind_language_key: [
    'language',
    'This e-mail already has a text in this language. Change that one.',
  ],
  users_email_key_key: ['email', 'Another user has this e-mail address.'],
}

function alreadyThere(constraint: string): ApiProblem {
  const known = duplicates[constraint]
  return known ? taken(...known) : new ApiProblem('already-exists', 'This value is already taken.')
}

/** A value that must be unique and is taken. A form shows the sentence at the field. */
export function taken(field: string, sentence: string, extensions: Record<string, unknown> = {}): ApiProblem {
  return new ApiProblem('already-exists', sentence, { errors: [{ path: field, message: sentence }], ...extensions })
}

function uniqueConstraint(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return code === '23505' && typeof constraint === 'string' ? constraint : null
}

/** A request with a valid form and invalid content. Names every invalid field. */
export function invalidRequest(errors: { path: string; message: string }[]): ApiProblem {
  const detail = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  return new ApiProblem('invalid-request', `${detail}.`, { errors })
}

/**
 * Runs a delete.
 *
 * @throws ApiProblem 409 with this detail when another row still refers to the deleted one
 */
export async function unlessInUse(work: Promise<void>, detail: string): Promise<void> {
  try {
    await work
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (code === FOREIGN_KEY || code === RESTRICT) throw new ApiProblem('in-use', detail)
    throw error
  }
}

/** SQLSTATEs of a delete that a foreign key refuses. */
const FOREIGN_KEY = '23503'
const RESTRICT = '23001'
