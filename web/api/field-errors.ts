import { ApiError } from './problem.ts'

/** Messages by the field that they are about, as `custom.costCentre`; empty where the problem is about no field. */
export type FieldErrors = ReadonlyMap<string, string>

export function fieldErrorsOf(error: unknown): FieldErrors {
  const found = new Map<string, string>()
  if (!(error instanceof ApiError)) return found
  const { errors } = error.problem
  if (!Array.isArray(errors)) return found
  for (const { path, message } of errors as { path: string; message: string }[]) {
    if (!found.has(path)) found.set(path, sentence(message))
  }
  return found
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(whole) ? whole : `${whole}.`
}
