import { SegmentedControl, Select, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useGet } from '../../../api/hooks.ts'
import { problemOf } from '../../../api/problem.ts'
import { useCompanies } from '../../../parts/choices.ts'
import { Filters, useFilter } from '../../../parts/filters.tsx'
import { Page } from '../../../parts/page.tsx'
import { RowsSkeleton } from '../../../parts/skeletons.tsx'
import { ErrorState } from '../../../parts/states-of-a-page.tsx'
import { emails } from './about.ts'
import classes from './emails.module.css'
import { LetterFrame } from './letter-frame.tsx'

const kinds = [
  { value: 'activation', label: 'Activation' },
  { value: 'invitation', label: 'Invitation' },
  { value: 'password', label: 'Password' },
  { value: 'welcome', label: 'Welcome' },
] as const
type Kind = (typeof kinds)[number]['value']

/** Those that e-mails are written in; people of others get English. */
const languages = ['en', 'de', 'es', 'fr', 'hu', 'ja', 'nl', 'pt']
const names = new Intl.DisplayNames('en-GB', { type: 'language' })

/** Milliseconds after the last key until the message is put into the e-mail. */
const PAUSE = 400

/** Every e-mail to a person in every language, with a company's name and a message, before one is sent. */
export function Emails() {
  const [kind, setKind] = useFilter('kind')
  const [language, setLanguage] = useFilter('language')
  const [company, setCompany] = useFilter('company')
  const [message, setMessage] = useState('')
  const [written] = useDebouncedValue(message, PAUSE)
  return (
    <Page title={emails.title} sentence={emails.sentence} back={{ to: '/setup', name: 'Set up' }}>
      <Filters>
        <Select
          aria-label="E-mail"
          data={kinds}
          value={kind ?? 'activation'}
          onChange={setKind}
          allowDeselect={false}
        />
        <Select
          aria-label="Language"
          data={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={language ?? 'en'}
          onChange={setLanguage}
          allowDeselect={false}
        />
        <Select
          aria-label="Company"
          placeholder="Of no company"
          data={useCompanies()}
          value={company}
          onChange={setCompany}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Of no company' }}
        />
      </Filters>
      <Textarea
        label="Message (may stay empty)"
        description="As you would write it in an import: it is quoted as it is, in no other language."
        autosize
        minRows={2}
        maxRows={8}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <Preview
        kind={kinds.find(({ value }) => value === kind)?.value ?? 'activation'}
        language={language ?? 'en'}
        company={company}
        message={written}
      />
    </Page>
  )
}

/** The e-mail before stays until the next is there, so that nothing jumps. */
const whileOther = { placeholderData: keepPreviousData }

interface PreviewProps {
  kind: Kind
  language: string
  company: string | null
  message: string
}

function Preview({ kind, language, company, message }: PreviewProps) {
  const query = { kind, language, ...(company ? { company } : {}), ...(message ? { message } : {}) }
  const { data, error, refetch } = useGet('GET /v1/email-preview', { query }, whileOther)
  const [view, setView] = useState('html')
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return <RowsSkeleton />
  return (
    <section aria-label="Preview" className={classes.preview}>
      <header className={classes.subject}>
        <div>
          <span className="soft">Subject</span>
          <strong lang={language}>{data.subject}</strong>
        </div>
        <SegmentedControl
          aria-label="Form"
          value={view}
          onChange={setView}
          data={[
            { value: 'html', label: 'As designed' },
            { value: 'text', label: 'As plain text' },
          ]}
        />
      </header>
      {view === 'html' ? (
        <LetterFrame html={data.html} title={`The e-mail “${data.subject}”`} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <pre className={classes.text} lang={language} tabIndex={0}>
          {data.text}
        </pre>
      )}
    </section>
  )
}
