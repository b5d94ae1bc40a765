import { Button } from '@mantine/core'
import { useRef } from 'react'
import { Link, useParams } from 'wouter'
import { problemOf } from '../../api/problem.ts'
import { useTemplates } from '../../parts/imports/template-list.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { EmptyState, ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { useDraft, useDrafts } from './draft/draft.ts'
import { DraftSteps } from './draft-steps.tsx'
import { FileStep } from './file/file-step.tsx'
import { OpenDrafts } from './file/open-drafts.tsx'
import { Step, StepList } from './step.tsx'

/** A file of people becomes an import, in five steps. */
export function NewImport() {
  const { draft } = useParams<{ draft?: string }>()
  const first = useRef(draft)
  return (
    <Page
      title="New import"
      sentence="Bring people in from a spreadsheet. Nothing happens to anybody before the last step."
      withoutImport
    >
      {draft === undefined ? <Beginning /> : <OneDraft key={draft} id={draft} follows={draft !== first.current} />}
    </Page>
  )
}

function Beginning() {
  const drafts = useDrafts()
  const templates = useTemplates()
  // Both stand above something that would move when they come.
  if (drafts.isPending || templates.isPending) return <RowsSkeleton rows={5} />
  return (
    <>
      <OpenDrafts drafts={drafts.data?.items ?? []} />
      <StepList>
        <Step number={1} title="File" state="open">
          <FileStep />
        </Step>
        <Step number={2} title="Columns" state="ahead" />
        <Step number={3} title="Choices" state="ahead" />
        <Step number={4} title="Check" state="ahead" />
        <Step number={5} title="Import" state="ahead" />
      </StepList>
    </>
  )
}

/** `follows`: it was begun or chosen on this page a moment ago. */
function OneDraft({ id, follows }: { id: string; follows: boolean }) {
  const draft = useDraft(id)
  const templates = useTemplates()
  // A draft that is shown stays when it cannot be read again.
  const error = (draft.data === undefined ? draft.error : null) ?? templates.error
  const retry = () => void Promise.all([draft.refetch(), templates.refetch()])
  if (error) return <ErrorState problem={problemOf(error)} onRetry={retry} />
  if (draft.data === null) {
    return (
      <EmptyState sentence="There is no such draft: it was imported or discarded, or somebody else began it.">
        <Button component={Link} href="/import">
          Choose a file
        </Button>
      </EmptyState>
    )
  }
  if (!draft.data || !templates.data) return <RowsSkeleton rows={5} />
  return <DraftSteps draft={draft.data} templates={templates.data.items} follows={follows} />
}
