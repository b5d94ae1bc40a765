import { Button, Group } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useSend } from '../../api/hooks.ts'
import type { User } from '../../api/schema.ts'
import { FormError } from '../../parts/forms/form-error.tsx'
import { PersonFields } from './fields/person-fields.tsx'
import { usePersonForm } from './fields/use-person-form.ts'
import { changesOf, valuesOf } from './fields/values.ts'
import classes from './person.module.css'

/** What is known of a person, to be changed. Only what was changed is sent. */
export function DetailsForm({ user }: { user: User }) {
  const { mutate, isPending, error, isSuccess, reset } = useSend('PATCH /v1/users/{id}', [
    'GET /v1/users',
    'GET /v1/users/{id}',
  ])
  const [saved, setSaved] = useState(() => valuesOf(user))
  const { values, setValues, change, errors, form } = usePersonForm(saved, error)
  const changes = changesOf(saved, values)
  const changed = Object.keys(changes).length > 0
  const save = (event: FormEvent) => {
    event.preventDefault()
    const take = (after: User) => {
      setSaved(valuesOf(after))
      setValues(valuesOf(after))
    }
    if (changed) mutate({ path: { id: user.id }, body: changes }, { onSuccess: take })
  }
  const goBack = () => {
    setValues(saved)
    reset()
  }
  return (
    <form ref={form} onSubmit={save} className={classes.details} noValidate>
      <PersonFields values={values} change={change} errors={errors} />
      <FormError error={error} />
      <Group>
        <Button type="submit" loading={isPending} disabled={!changed}>
          Save changes
        </Button>
        {changed && (
          <Button variant="default" onClick={goBack}>
            Back to what it was
          </Button>
        )}
        <span role="status" className="soft">
          {isSuccess && !changed && 'Saved.'}
        </span>
      </Group>
    </form>
  )
}
