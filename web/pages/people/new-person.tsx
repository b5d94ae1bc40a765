import { Button, Checkbox, Group, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { FieldErrors } from '../../api/field-errors.ts'
import { useSend } from '../../api/hooks.ts'
import { ChooseSome } from '../../parts/forms/choose.tsx'
import { FormError } from '../../parts/forms/form-error.tsx'
import { Page } from '../../parts/page/page.tsx'
import fields from '../person/fields/fields.module.css'
import { PersonFields } from '../person/fields/person-fields.tsx'
import { Section } from '../person/fields/section.tsx'
import { usePersonForm } from '../person/fields/use-person-form.ts'
import { bodyOf, nobody } from '../person/fields/values.ts'
import classes from './new-person.module.css'

/** Adds one person who has an account at once. */
export function NewPerson() {
  return (
    <Page
      title="New person"
      sentence="Adds one person, who has an account at once. To add many, import a file."
      back={{ to: '/people', name: 'People' }}
    >
      <NewPersonForm invites={false} />
    </Page>
  )
}

/** Invites one person, who has an account when they accept. */
export function InvitePerson() {
  return (
    <Page
      title="Invitation"
      sentence="Invites one person by e-mail. Their account comes into being when they accept."
      back={{ to: '/people', name: 'People' }}
    >
      <NewPersonForm invites />
    </Page>
  )
}

function NewPersonForm({ invites }: { invites: boolean }) {
  const [, navigate] = useLocation()
  const create = useSend('POST /v1/users', ['GET /v1/users', 'GET /v1/users/count'])
  const invite = useSend('POST /v1/invitations', ['GET /v1/users', 'GET /v1/users/count'])
  const { mutate, isPending, error } = invites ? invite : create
  const { values, change, errors, form } = usePersonForm(nobody, error)
  const [more, setMore] = useState<More>({ collections: [], campaigns: [], sendEmail: true, message: '' })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const { company, ...body } = bodyOf(values)
    const { collections, campaigns, sendEmail, message } = more
    mutate(
      {
        body: {
          ...body,
          // Left out, it is the only company of whoever adds the person.
          ...(company === null ? {} : { company }),
          enrol: { courses: [], collections, campaigns },
          sendEmail,
          message: sendEmail && message !== '' ? message : null,
        },
      },
      { onSuccess: ({ id }) => navigate(`/people/${id}`) },
    )
  }
  return (
    <form ref={form} onSubmit={send} className={classes.form} noValidate>
      <PersonFields values={values} change={change} errors={errors} />
      <MoreFields invites={invites} more={more} change={(some) => setMore({ ...more, ...some })} errors={errors} />
      <FormError error={error} />
      <Group>
        <Button type="submit" loading={isPending}>
          {invites ? 'Invite this person' : 'Add this person'}
        </Button>
        <Button component={Link} href="/people" variant="default">
          Back without adding
        </Button>
      </Group>
    </form>
  )
}

interface More {
  collections: string[]
  campaigns: string[]
  sendEmail: boolean
  message: string
}

interface MoreProps {
  invites: boolean
  more: More
  change: (some: Partial<More>) => void
  errors: FieldErrors
}

/** What an import chooses for all of its people. */
function MoreFields({ invites, more, change, errors }: MoreProps) {
  const { collections, campaigns, sendEmail, message } = more
  return (
    <>
      <Section name="Courses of a collection or campaign">
        <ChooseSome
          name="Collections"
          of="collections"
          value={collections}
          onChange={(chosen) => change({ collections: chosen })}
          error={errors.get('enrol.collections')}
        />
        <ChooseSome
          name="Campaigns"
          of="campaigns"
          value={campaigns}
          onChange={(chosen) => change({ campaigns: chosen })}
          error={errors.get('enrol.campaigns')}
        />
      </Section>
      <Section name="E-mail">
        <Checkbox
          label={invites ? 'Send the invitation now' : 'Send an activation e-mail now'}
          description={
            sendEmail
              ? 'One e-mail with a link to choose a password. It cannot be called back.'
              : 'Nobody is written to. You can send it later from the person’s page.'
          }
          checked={sendEmail}
          onChange={(event) => change({ sendEmail: event.currentTarget.checked })}
          className={fields.wide}
        />
        <Textarea
          label="Message"
          description={sendEmail ? 'Stands in the e-mail above the button.' : 'There is no e-mail that it could be in.'}
          autosize
          minRows={3}
          disabled={!sendEmail}
          value={message}
          onChange={(event) => change({ message: event.currentTarget.value })}
          error={errors.get('message')}
          className={fields.wide}
        />
      </Section>
    </>
  )
}
