import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { keyOf } from '../../../api/hooks.ts'
import { type ApiError, problemOf } from '../../../api/problem.ts'
import { request } from '../../../api/request.ts'
import type { EmailDraft } from '../../../api/schema.ts'
import { RowsSkeleton } from '../../../parts/states/skeletons.tsx'
import { ErrorState } from '../../../parts/states/states-of-a-page.tsx'
import classes from './emails.module.css'
import { LetterFrame } from './letter-frame.tsx'
import { type Place, samePlace, type Words } from './place.ts'

/** Milliseconds after the last key until the e-mail is drawn anew. */
const PAUSE = 400

interface Props {
  place: Place
  /** What is written and not saved; null: the words in force. */
  words: Words | null
  message: string
  /** Told why the words cannot be shown, and null when they can. */
  onWrong: (error: unknown) => void
}

/** The e-mail as it would arrive. While what is written is not right, it stays as it was. */
export function LetterPreview({ place, words, message, onWrong }: Props) {
  const { data, error, refetch, isPlaceholderData } = useLetter(place, words, message)
  const [view, setView] = useState('html')
  const [last, setLast] = useState<{ place: Place; letter: EmailDraft } | null>(null)
  if (data && data !== last?.letter && !isPlaceholderData) setLast({ place, letter: data })
  const refused = error?.code === 'invalid-request' && words !== null
  useEffect(() => onWrong(refused ? error : null), [refused, error, onWrong])
  const shown = data ?? (last && samePlace(last.place, place) ? last.letter : undefined)
  if (error && !refused) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!shown)
    return refused ? <NotRight>The e-mail is shown here when the words are right.</NotRight> : <RowsSkeleton />
  return (
    <section aria-label="Preview" className={classes.preview}>
      <header className={classes.subject}>
        <div>
          <span className="soft">Subject</span>
          <strong lang={place.language}>{shown.subject}</strong>
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
      {refused && <NotRight>This is how it was before. It follows again when the words are right.</NotRight>}
      {view === 'html' ? (
        <LetterFrame html={shown.html} title={`The e-mail “${shown.subject}”`} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <pre className={classes.text} lang={place.language} tabIndex={0}>
          {shown.text}
        </pre>
      )}
    </section>
  )
}

function NotRight({ children }: { children: string }) {
  return (
    <p role="status" className={classes.note}>
      {children}
    </p>
  )
}

/** The e-mail before stays until the next is there, so that nothing jumps. */
function useLetter({ kind, language, company }: Place, words: Words | null, message: string) {
  const asked = { kind, language, ...(company ? { company } : {}) }
  const [written] = useDebouncedValue(message, PAUSE)
  // Of another e-mail at once, of this one after a pause.
  const place = JSON.stringify(asked)
  const [paused] = useDebouncedValue(
    useMemo(() => ({ place, words }), [place, words]),
    PAUSE,
  )
  const body = { ...asked, ...(written ? { message: written } : {}) }
  const typed = paused.place === place && words !== null ? paused.words : words
  return useQuery<EmailDraft, ApiError>({
    queryKey: typed ? ['POST /v1/email-preview', body, typed] : keyOf('GET /v1/email-preview', { query: body }),
    queryFn: ({ signal }) =>
      typed
        ? request('POST /v1/email-preview', { body: { ...body, ...typed }, signal })
        : request('GET /v1/email-preview', { query: body, signal }),
    placeholderData: keepPreviousData,
  })
}
