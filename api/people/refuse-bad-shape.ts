import type { z } from '@hono/zod-openapi'
import { invalidRequest } from '../http/problems.ts'
import { type Body, type FieldError, readBody } from './read-body.ts'

/** The validator's result for one part of a request. `data` is the part as the client sent it. */
type Checked = { data?: unknown; success: boolean; error?: z.ZodError; target: string }

/**
 * Reports errors in the form of a body (a number for a name, an unknown field) together with errors in its values, so
 * that a client sees all of them at once. Queries and paths get the usual problem.
 *
 * @throws ApiProblem 422 unless the part is valid
 */
export function refuseBadShape({ data, success, error, target }: Checked): undefined {
  if (success || !error) return undefined
  const shape = error.issues.flatMap((issue) => describe(issue, data))
  if (target !== 'json' || typeof data !== 'object' || data === null) throw invalidRequest(shape)
  const reported = new Set(shape.map(({ path }) => path))
  const { custom: _, ...body } = data as Body
  const values = readBody(body, []).errors.filter(({ path }) => !reported.has(path) && path in data)
  throw invalidRequest([...shape, ...values])
}

function describe(issue: z.core.$ZodIssue, data: unknown): FieldError[] {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const at = (key: string) => (path === '' ? key : `${path}.${key}`).slice(0, 100)
    return issue.keys.map((key) => ({
      path: at(key),
      code: 'unknown-field',
      message: 'There is no field with this name.',
    }))
  }
  const missing = issue.code === 'invalid_type' && issue.path.length === 1 && !(String(issue.path[0]) in Object(data))
  if (missing) return [{ path, code: 'missing-value', message: 'A value is required.' }]
  return [{ path, code: 'invalid-value', message: issue.message }]
}
