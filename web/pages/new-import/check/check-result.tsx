import { Button, Loader } from '@mantine/core'
import { useEffect } from 'react'
import { Link } from 'wouter'
import { problemOf } from '../../../api/problem.ts'
import type { Import, UnmatchedTitle } from '../../../api/schema.ts'
import { useLiveImport } from '../../../api/use-live-import.ts'
import { countTitles, UnmatchedTitles } from '../../../parts/imports/unmatched-titles.tsx'
import { plural } from '../../../parts/page/format.ts'
import { RowsSkeleton } from '../../../parts/states/skeletons.tsx'
import { ErrorState } from '../../../parts/states/states-of-a-page.tsx'
import { type Draft, useChangeDraft } from '../draft/draft.ts'
import notes from '../notes.module.css'
import { Refused } from '../refused.tsx'
import { goToOpenStep, Step } from '../step.tsx'
import { CheckedPlan } from './checked-plan.tsx'
import { ImportStep } from './import-step.tsx'

/** Under way to a plan. */
const checking: Partial<Record<Import['status'], string>> = {
  received: 'Waiting for its turn',
  parsing: 'Reading the file',
  validating: 'Comparing every row with who and what is there',
}

/** A check that was begun: how far it is, and what it found. */
export function CheckResult({ draft, id, onChoices }: { draft: Draft; id: string; onChoices: () => void }) {
  const change = useChangeDraft(draft)
  const { data, error, refetch } = useLiveImport(id)
  const gone = error?.problem.status === 404 || data?.status === 'cancelled'
  useEffect(goToOpenStep, [])
  useEffect(() => {
    // Cancelled on its own page, or long since deleted: it is checked afresh.
    if (gone) change({})
  }, [gone, change])
  return (
    <>
      <Step number={4} title="Check" state="open">
        {error && !gone && <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />}
        {data ? (
          <Found data={data} onChoices={onChoices} onAgain={() => change({})} />
        ) : (
          !error && <RowsSkeleton rows={2} />
        )}
      </Step>
      {data?.status === 'review' && data.plan ? (
        <ImportStep id={id} plan={data.plan} />
      ) : (
        <Step number={5} title="Import" state="ahead" />
      )}
    </>
  )
}

function Found({ data, onChoices, onAgain }: { data: Import; onChoices: () => void; onAgain: () => void }) {
  const { status, problem, plan } = data
  const doing = checking[status]
  if (doing) {
    return (
      <div className={notes.next} role="status">
        <Loader size={22} aria-hidden="true" />
        <p>{doing} …</p>
      </div>
    )
  }
  if (status === 'review' && plan) return <CheckedPlan data={data} plan={plan} />
  if (problem?.code === 'unmatched-titles') return <TitlesToSettle data={data} problem={problem} />
  if (problem && status !== 'paused') {
    return <Refused problem={problem} onChoices={onChoices} onRetry={onAgain} retry="Check again" />
  }
  return (
    <div className={notes.next}>
      <p>{problem ? `${problem.title}. ${problem.detail}` : 'This import has gone on already.'}</p>
      <Button component={Link} href={data.links.self.replace('/v1', '')}>
        Open the import
      </Button>
    </div>
  )
}

function TitlesToSettle({ data: { id }, problem }: { data: Import; problem: NonNullable<Import['problem']> }) {
  const { unmatchedTitles, count } = problem as unknown as { unmatchedTitles: UnmatchedTitle[]; count: number }
  const title = `${plural(countTitles(unmatchedTitles, count), 'course title is', 'course titles are')} not known.`
  return (
    <>
      <div className={notes.warning} role="alert">
        <div>
          <h3>{title}</h3>
          Nothing can be imported until each is settled. Say which course it means, for this file only (once) or for
          every file of the company from now on (always).
        </div>
      </div>
      <UnmatchedTitles importId={id} titles={unmatchedTitles} count={count} />
    </>
  )
}
