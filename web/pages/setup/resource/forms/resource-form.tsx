import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react'
import { type FieldErrors, fieldErrorsOf } from '../../../../api/field-errors.ts'
import { FormError } from '../../../../parts/forms/form-error.tsx'
import type { AnyResource } from '../resource.ts'
import { bodyOf, type Field, shownFields, type Values, valuesOf } from './field.ts'
import { FieldInput } from './field-input.tsx'

interface Props {
  resource: AnyResource
  /** What is there already; without it one is added. */
  item?: Values
  /** The word on the button. */
  send: string
  onSend: (body: Values) => Promise<unknown>
  isPending: boolean
  error: unknown
  /** Further buttons, before the one that sends. */
  children?: React.ReactNode
}

/** The form of a resource as its fields are declared; what the API finds wrong stands at the field that it is about. */
export function ResourceForm({ resource, item, send, onSend, isPending, error, children }: Props) {
  const [values, setValues] = useState(() => valuesOf(resource.fields, item))
  const form = useRef<HTMLFormElement>(null)
  const shown = shownFields(resource.fields, values, item === undefined)
  const errors = fieldErrorsOf(error)
  const said = shown.some(({ name }) => wrongAt(errors, name, shown) !== undefined)
  useLayoutEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = bodyOf(resource.fields, values, item === undefined)
    // What was refused is shown through `error`.
    onSend(resource.bodyOf?.(body) ?? body).catch(() => undefined)
  }
  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap="md">
        {shown.map((field, place) => (
          <FieldInput
            key={field.name}
            field={field}
            values={values}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            error={wrongAt(errors, field.name, shown)}
            first={place === 0 && item === undefined}
          />
        ))}
        {!said && <FormError error={error} />}
        <Group justify="space-between" mt="xs">
          <Group gap="xs">{children}</Group>
          <Button type="submit" loading={isPending}>
            {send}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A message about `choices.2` stands at `choices`. */
function wrongAt(errors: FieldErrors, name: string, fields: Field[]): string | undefined {
  for (const [path, message] of errors) {
    if (path === name || path.startsWith(`${name}.`)) return inLabels(message, fields)
  }
  return undefined
}

/** `a time after startsAt` → `a time after “Starts”`: nobody sees what the API calls a field. */
function inLabels(message: string, fields: Field[]): string {
  const named = fields.filter(({ name }) => /[A-Z]/.test(name))
  return named.reduce((text, { name, label }) => text.replaceAll(name, `“${label}”`), message)
}
