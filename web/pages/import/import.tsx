import { useParams } from 'wouter'
import { type ApiError, problemOf } from '../../api/problem.ts'
import { useLiveImport } from '../../api/use-live-import.ts'
import { Page } from '../../parts/page/page.tsx'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { StateBadge } from '../../parts/states/state-badge.tsx'
import { importStates } from '../../parts/states/states.ts'
import { ErrorState, Gone } from '../../parts/states/states-of-a-page.tsx'
import { ImportBody } from './import-body.tsx'
import { CancelButton } from './panels/cancel-button.tsx'
import { TitleLine } from './title-line.tsx'
import { useDecisions } from './use-decision.ts'

const back = { to: '/imports', name: 'Imports' }
const running = new Set(['received', 'parsing', 'validating', 'applying', 'notifying'])

/** One import: where it is, what it did to whom, and what it waits for. */
export function Import() {
  const { id = '' } = useParams()
  return <OneImport key={id} id={id} />
}

function OneImport({ id }: { id: string }) {
  const { data: entry, error, refetch } = useLiveImport(id)
  const decisions = useDecisions(id)
  // Not for whoever looks at it any more, or gone: what was shown is shown no longer.
  if (!entry || error?.problem.status === 404) {
    return (
      <Page title="Import" sentence="What became of one file of people." back={back}>
        <Missing error={error} onRetry={() => void refetch()} />
      </Page>
    )
  }
  return (
    <Page
      title={entry.file.name}
      sentence={<TitleLine entry={entry} />}
      beside={<StateBadge {...importStates[entry.status]} />}
      actions={running.has(entry.status) && <CancelButton entry={entry} decisions={decisions} />}
      back={back}
    >
      {error && (
        <p role="status" className="soft">
          Muster does not answer just now: what stands here is from before. The import goes on by itself, and this page
          as soon as there is an answer.
        </p>
      )}
      <ImportBody entry={entry} decisions={decisions} />
    </Page>
  )
}

/** In place of an import that is not known, or not yet. */
function Missing({ error, onRetry }: { error: ApiError | null; onRetry: () => void }) {
  if (!error) return <RowsSkeleton />
  if (error.problem.status !== 404) return <ErrorState problem={problemOf(error)} onRetry={onRetry} />
  return (
    <Gone
      one="import"
      why="It has people of companies that you do not look after, or a part of the address got lost."
      to="/imports"
      look="Look among the imports"
    />
  )
}
