import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type FieldErrors, fieldErrorsOf } from '../../../api/field-errors.ts'
import type { PersonValues } from './values.ts'

/** What a form about a person holds and what is wrong with it; after a refusal the first wrong field has the focus. */
export function usePersonForm(first: PersonValues, error: unknown) {
  const [values, setValues] = useState(first)
  const form = useRef<HTMLFormElement>(null)
  const errors: FieldErrors = useMemo(() => fieldErrorsOf(error), [error])
  useLayoutEffect(() => {
    if (errors.size > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  const change = (some: Partial<PersonValues>) => setValues((before) => ({ ...before, ...some }))
  return { values, setValues, change, errors, form }
}
