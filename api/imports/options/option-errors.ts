import type { z } from '@hono/zod-openapi'
import { ApiProblem } from '../../http/problems.ts'

/** One choice that cannot be taken, and why. */
export interface OptionError {
  /** As it is written in `options`, with points between its parts; null: no single option is to blame. */
  option: string | null
  /** Stable: programs look at this. */
  code: string
  message: string
}

/** What zod found, in terms of options; never with what was given, which may be a password. */
export function describe(issue: z.core.$ZodIssue): OptionError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const option = [...issue.path, key].join('.')
      return { option, code: 'unknown-option', message: `There is no option ${JSON.stringify(option.slice(0, 100))}.` }
    })
  }
  return [{ option: issue.path.join('.') || null, code: 'invalid-option', message: issue.message }]
}

/** One answer for all that is wrong. */
export function invalid(errors: OptionError[]): ApiProblem {
  const detail = errors
    .slice(0, TOLD)
    .map(({ option, message }) => (option === null ? message : `${option}: ${message}`))
    .join(' ')
  const more = errors.length > TOLD ? ` And ${errors.length - TOLD} more.` : ''
  const missing = errors.some(({ code }) => code === 'permission-set-required')
  return new ApiProblem(missing ? 'permission-set-required' : 'invalid-options', `${detail}${more}`, { errors })
}

/** Errors that the sentence of the answer tells; all of them stand in its list. */
const TOLD = 10
