import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useGet } from '../../../api/hooks.ts'
import { problemOf } from '../../../api/problem.ts'
import { useCompanies } from '../../../parts/forms/choices.ts'
import { Filters, useFilter } from '../../../parts/lists/filters.tsx'
import { Page } from '../../../parts/page/page.tsx'
import { RowsSkeleton } from '../../../parts/states/skeletons.tsx'
import { ErrorState } from '../../../parts/states/states-of-a-page.tsx'
import { useAccount } from '../../../session/account.ts'
import { emails } from './about.ts'
import classes from './emails.module.css'
import { Languages, Unsaved } from './languages.tsx'
import { LetterPreview } from './letter-preview.tsx'
import { kinds, type Place, placeOf } from './place.ts'
import { useDrafts } from './use-drafts.ts'
import { useTexts } from './use-texts.ts'
import { WordsForm } from './words-form.tsx'

/** The words of every e-mail to a person in every language, for a company or for everybody, beside what arrives. */
export function Emails() {
  const [kind, setKind] = useFilter('kind')
  const [language] = useFilter('language')
  const [company, setCompany] = useFilter('company')
  const { companies: mine } = useAccount()
  // Whoever looks after one company looks at its e-mails.
  const only = mine?.length === 1 ? (mine[0] ?? null) : null
  const place = placeOf(kind, language, company ?? only)
  const companies = useCompanies()
  const nameOf = (id: string) => companies.find(({ value }) => value === id)?.label ?? 'the company'
  const texts = useTexts(place.kind, place.company)
  const drafts = useDrafts()
  return (
    <Page title={emails.title} sentence={emails.sentence} back={{ to: '/setup', name: 'Set up' }}>
      <Filters>
        <Select aria-label="E-mail" data={kinds} value={place.kind} onChange={setKind} allowDeselect={false} />
        <Select
          aria-label="For whom"
          placeholder="For everybody"
          data={companies}
          value={place.company}
          onChange={setCompany}
          searchable
          clearable={only === null}
          clearButtonProps={{ 'aria-label': 'For everybody' }}
        />
      </Filters>
      <Languages place={place} texts={texts} drafts={drafts} />
      <Unsaved place={place} drafts={drafts} nameOf={nameOf} />
      <TextAndPreview place={place} texts={texts} drafts={drafts} nameOf={nameOf} />
    </Page>
  )
}

interface Props {
  place: Place
  texts: ReturnType<typeof useTexts>
  drafts: ReturnType<typeof useDrafts>
  nameOf: (company: string) => string
}

function TextAndPreview({ place, texts, drafts, nameOf }: Props) {
  const { kind, language, company } = place
  const query = { kind, language, ...(company ? { company } : {}) }
  const { data, error, refetch } = useGet('GET /v1/email-preview', { query })
  const [message, setMessage] = useState('')
  const draft = drafts.draftOf(place)
  const [wrong, setWrong] = useState<unknown>(null)
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return (
    <div className={classes.both}>
      <div className={classes.left}>
        {data && texts.known ? (
          <WordsForm
            key={JSON.stringify(place)}
            place={place}
            inForce={data}
            texts={texts}
            drafts={drafts}
            wrong={draft ? wrong : null}
            companyName={company === null ? null : nameOf(company)}
          />
        ) : (
          <RowsSkeleton />
        )}
        <Textarea
          label="Message (may stay empty)"
          description="As you would write it in an import, to see where it stands. It is not kept."
          autosize
          minRows={2}
          maxRows={8}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
      </div>
      <LetterPreview place={place} words={draft} message={message} onWrong={setWrong} />
    </div>
  )
}
