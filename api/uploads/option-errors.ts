import type { z } from '@hono/zod-openapi'
import { ApiProblem } from '../problems.ts'

/** One choice that cannot be taken, and why. */
export interface OptionError {
  option: string | null
  message: string
}

/** What zod found, in terms of options. */
export function describe(issue: z.core.$ZodIssue): OptionError {
  if (issue.code === 'unrecognized_keys') {
    return { option: issue.keys.join(', '), message: `There is no such option: ${issue.keys.join(', ')}.` }
  }
  return { option: issue.path.join('.') || null, message: issue.message }
}

/** One answer for all that is wrong. */
export function invalid(errors: OptionError[]): ApiProblem {
  const detail = errors.map(({ option, message }) => (option === null ? message : `${option}: ${message}`)).join(' ')
  return new ApiProblem('invalid-options', detail, { errors })
}
