import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef } from 'react'
import { fieldErrorsOf } from '../../../api/field-errors.ts'
import { keyOf, useSend } from '../../../api/hooks.ts'
import type { ApiError } from '../../../api/problem.ts'
import type { EmailPreview } from '../../../api/schema.ts'
import { FormError } from '../../../parts/forms/form-error.tsx'
import { useAccount } from '../../../session/account.ts'
import classes from './emails.module.css'
import { GoBack } from './go-back.tsx'
import { type Place, sameWords, type Words } from './place.ts'
import type { useDrafts } from './use-drafts.ts'
import type { useTexts } from './use-texts.ts'
import { Whose } from './whose.tsx'

interface Props {
  place: Place
  inForce: EmailPreview
  texts: ReturnType<typeof useTexts>
  drafts: ReturnType<typeof useDrafts>
  /** Why what is written cannot be shown, or null. */
  wrong: unknown
  /** null: for everybody. */
  companyName: string | null
}

/** The words of one e-mail, beginning with those in force; whoever may not change them reads them. */
export function WordsForm({ place, inForce, texts, drafts, wrong, companyName }: Props) {
  const { role } = useAccount()
  const mayWrite = role === 'platform' || place.company !== null
  const own = texts.ownIn(place.language)
  const draft = drafts.draftOf(place)
  const words = draft ?? inForce.words
  const { save, isPending, error, isSuccess, reset } = useSave(place, own?.id)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  const errors = fieldErrorsOf(error ?? wrong)
  const change = (part: Partial<Words>) => {
    const next = { ...words, ...part }
    reset()
    if (sameWords(next, inForce.words)) drafts.drop(place)
    else drafts.keep(place, next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // What was refused is shown through `error`.
    save(words).then(
      () => drafts.drop(place),
      () => undefined,
    )
  }
  const field = (name: keyof Words) => ({
    lang: place.language,
    value: words[name],
    readOnly: !mayWrite,
    error: errors.get(name),
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  const said = (['subject', 'intro', 'button'] as const).some((name) => errors.has(name))
  return (
    <form ref={form} onSubmit={submit} className={classes.words} noValidate>
      <Whose source={inForce.source} own={own} companyName={companyName} />
      <TextInput label="Subject" {...field('subject')} />
      <Textarea
        label="Text"
        description="Here and in the subject, {company}, {firstName} and {lastName} are filled in for each person; an empty line begins a new paragraph. Greeting, link and all else around it stay as they are."
        autosize
        minRows={5}
        maxRows={20}
        {...field('intro')}
      />
      <TextInput label="Button" {...field('button')} />
      {!said && <FormError error={error} />}
      {mayWrite && (
        <Group>
          <Button type="submit" loading={isPending} disabled={!draft}>
            Save
          </Button>
          {draft && (
            <Button variant="default" onClick={() => change(inForce.words)}>
              Back to what it was
            </Button>
          )}
          {own && (
            <GoBack
              place={place}
              id={own.id}
              texts={texts}
              companyName={companyName}
              onDone={() => drafts.drop(place)}
            />
          )}
          <span role="status" className="soft">
            {isSuccess && !draft && 'Saved.'}
          </span>
        </Group>
      )}
      {!mayWrite && (
        <p className={classes.note}>
          Administrators of the platform write what is for everybody. Choose one of your companies to write its own
          words.
        </p>
      )}
    </form>
  )
}

const refreshes = ['GET /v1/email-texts', 'GET /v1/email-preview'] as const

/** Writes the first words of a place, or changes those that are there. */
function useSave(place: Place, id: string | undefined) {
  const client = useQueryClient()
  const first = useSend('POST /v1/email-texts', [...refreshes])
  const again = useSend('PATCH /v1/email-texts/{id}', [...refreshes])
  const save = async (words: Words): Promise<void> => {
    if (id !== undefined) await again.mutateAsync({ path: { id }, body: words })
    else await first.mutateAsync({ body: { ...place, ...words } }).catch(refresh)
  }
  // Somebody else was first: whoever saves once more, having been told, changes what they wrote.
  const refresh = async (error: ApiError): Promise<never> => {
    if (error.code === 'already-exists') {
      await Promise.all(refreshes.map((one) => client.invalidateQueries({ queryKey: keyOf(one) })))
    }
    throw error
  }
  return {
    save,
    isPending: first.isPending || again.isPending,
    isSuccess: first.isSuccess || again.isSuccess,
    error: first.error ?? again.error,
    reset: () => {
      first.reset()
      again.reset()
    },
  }
}
