import { isGrpcServiceError, ServiceError } from '@temporalio/client'
import { HTTPException } from 'hono/http-exception'
import { isPassing } from '../../db/core/transaction.ts'
import { FileTooLarge } from '../../db/files/files.ts'
import { type Problem, problem } from '../../domain/problems/problem.ts'

/** Every problem that the API itself reports: its stable code, its status and its title. */
const kinds = {
  'malformed-request': [400, 'The request cannot be read'],
  unauthorized: [401, 'An API key or a sign-in is required'],
  'wrong-credentials': [401, 'The address or the password is wrong'],
  'sign-in-expired': [401, 'The sign-in must begin again'],
  'platform-key-required': [403, 'Only the platform’s keys and administrators may do this'],
  'account-required': [403, 'Only an account of the console has this'],
  'cross-origin': [403, 'The request comes from another site'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'The address does not know this method'],
  'already-exists': [409, 'That exists already'],
  'own-account': [409, 'Nobody changes their own rights'],
  'last-administrator': [409, 'The platform needs an administrator'],
  'account-active': [409, 'The account has a password already'],
  'second-factor-on': [409, 'The second factor is on already'],
  'second-factor-off': [409, 'The second factor is not on'],
  'in-use': [409, 'It is still in use'],
  'already-ended': [409, 'The import has ended'],
  'not-in-review': [409, 'The import does not wait for a confirmation'],
  'not-paused': [409, 'The import is not paused'],
  'cannot-revalidate': [409, 'The import cannot be checked again'],
  'cannot-teach': [409, 'The import takes no course titles now'],
  'draft-imported': [409, 'The draft is being imported'],
  'no-plan': [409, 'There is no plan to read'],
  'link-used': [410, 'The link was used already'],
  'link-replaced': [410, 'A newer link took the place of this one'],
  'link-expired': [410, 'The link has run out'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The content type is not supported'],
  'invalid-request': [422, 'The request is not valid'],
  'wrong-password': [422, 'The password is wrong'],
  'wrong-code': [422, 'The code is wrong'],
  'weak-password': [422, 'The password cannot be taken'],
  'invalid-options': [422, 'The options are not valid'],
  'permission-set-required': [422, 'A permission set must be chosen'],
  'unknown-template': [422, 'There is no such template'],
  'mapping-not-supported': [422, 'This template has exact headers'],
  'invalid-mapping': [422, 'The columns cannot be matched'],
  'missing-file': [422, 'The file is missing'],
  'invalid-idempotency-key': [422, 'The idempotency key is not valid'],
  'idempotency-key-reused': [422, 'The idempotency key belongs to another request'],
  'rate-limited': [429, 'Too many requests'],
  'internal-error': [500, 'Something went wrong'],
  'database-unavailable': [503, 'The database does not answer'],
  'temporal-unavailable': [503, 'Temporal does not answer'],
  'worker-unavailable': [503, 'No worker answers'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemCode = keyof typeof kinds

/** Seconds after which a client may ask again what could not be answered now. */
const RETRY_AFTER = 5

/** Thrown anywhere below a route: the answer is this problem. `detail` is a sentence for a person. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly extensions: Record<string, unknown>
  /** Beside `Retry-After`, which every 429 and 503 has. */
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

/** What does not exist, and what belongs to somebody else, is answered alike. */
export function notFound(what: string): ApiProblem {
  return new ApiProblem('not-found', `There is no ${what} with this id.`)
}

/** The one place where errors become answers. What nobody foresaw is a 500 that tells nothing but the request id. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof FileTooLarge) return new ApiProblem('too-large', 'The file is larger than is allowed.')
  if (error instanceof HTTPException) return ofStatus(error.status)
  if (isUnreachable(error)) {
    return new ApiProblem('temporal-unavailable', 'Temporal cannot be reached just now. Nothing was lost: ask again.')
  }
  if (isPassing(error)) {
    return new ApiProblem('database-unavailable', 'The database cannot be reached just now: ask again.')
  }
  const constraint = uniqueConstraint(error)
  if (constraint) return alreadyThere(constraint)
  return new ApiProblem('internal-error', 'The server’s log says more under this request id.')
}

/** RFC 9457, section 3. */
export function problemResponse(error: ApiProblem, requestId: string): Response {
  const [status, title] = kinds[error.code]
  const body: Problem = problem(error.code, status, title, error.message, { ...error.extensions, requestId })
  const retry = status === 429 || status === 503 ? { 'Retry-After': String(RETRY_AFTER) } : {}
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': requestId, ...retry, ...error.headers },
  })
}

/** True for a failed call of Temporal that says nothing about the workflow: no connection, or no answer in time. */
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
    return new ApiProblem('unsupported-media-type', 'The request’s Content-Type is not one that this address takes.')
  }
  if (status === 413) return new ApiProblem('too-large', 'The request’s body is larger than is allowed.')
  if (status < 500) return new ApiProblem('malformed-request', 'The body is not the JSON that its type promises.')
  return new ApiProblem('internal-error', 'The server’s log says more under this request id.')
}

/** The field whose value must be unique, and what a person reads when it is not, by constraint. */
const duplicates: Record<string, [field: string, sentence: string]> = {
  companies_name_key: ['name', 'Another company has this name.'],
  cohorts_company_id_name_key: ['name', 'Another cohort of this company has this name.'],
  groups_name_key: ['name', 'Another group has this name.'],
  permission_sets_name_key: ['name', 'Another permission set has this name.'],
  collections_name_key: ['name', 'Another collection has this name.'],
  campaigns_name_key: ['name', 'Another campaign has this name.'],
  custom_fields_key_key: ['key', 'Another custom field has this key.'],
  console_accounts_email_key: ['email', 'Another account has this e-mail address.'],
  email_texts_company_id_kind_language_key: [
    'language',
    'There are words for this e-mail in this language already: change those.',
  ],
  users_email_key_key: ['email', 'Another person has this e-mail address.'],
}

function alreadyThere(constraint: string): ApiProblem {
  const known = duplicates[constraint]
  return known ? taken(...known) : new ApiProblem('already-exists', 'Another one has this value already.')
}

/** A value that another one has already; a form shows the sentence at the field. */
export function taken(field: string, sentence: string, extensions: Record<string, unknown> = {}): ApiProblem {
  return new ApiProblem('already-exists', sentence, { errors: [{ path: field, message: sentence }], ...extensions })
}

function uniqueConstraint(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return code === '23505' && typeof constraint === 'string' ? constraint : null
}

/** A request whose form is right and whose content is not: names every field that is wrong. */
export function invalidRequest(errors: { path: string; message: string }[]): ApiProblem {
  const detail = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  return new ApiProblem('invalid-request', `${detail}.`, { errors })
}

/** Runs a delete; what anything still refers to stays. */
export async function unlessInUse(work: Promise<void>, detail: string): Promise<void> {
  try {
    await work
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (code === FOREIGN_KEY || code === RESTRICT) throw new ApiProblem('in-use', detail)
    throw error
  }
}

/** SQLSTATEs of a row that others refer to. */
const FOREIGN_KEY = '23503'
const RESTRICT = '23001'
