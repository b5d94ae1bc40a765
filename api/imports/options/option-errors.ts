import type { z } from '@hono/zod-openapi'
import { ApiProblem } from '../../http/problems.ts'

/** One invalid choice, and why it is invalid. */
export interface OptionError {
  /** The path of the option in `options`, with points between its parts. Null when no single option is wrong. */
  option: string | null
  /** Stable: programs read it. */
  code: string
  message: string
}

/** Converts an issue of zod into option errors. They never contain the value, which may be a password. */
export function describe(issue: z.core.$ZodIssue): OptionError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const option = [...issue.path, key].join('.')
      return { option, code: 'unknown-option', message: `There is no option ${JSON.stringify(option.slice(0, 100))}.` }
    })
  }
  return [{ option: issue.path.join('.') || null, code: 'invalid-option', message: issue.message }]
}

/** Returns one problem for all errors. */
export function invalid(errors: OptionError[]): ApiProblem {
  const detail = errors
    .slice(0, TOLD)
    .map(({ option, message }) => (option === null ? message : `${option}: ${message}`))
    .join(' ')
  const more = errors.length > TOLD ? ` And ${errors.length - TOLD} more.` : ''
  const missing = errors.some(({ code }) => code === 'permission-set-required')
  return new ApiProblem(missing ? 'permission-set-required' : 'invalid-options', `${detail}${more}`, { errors })
}

/** The most errors in the detail of the problem. Its list has all of them. */
const TOLD = 10
