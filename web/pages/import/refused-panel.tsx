import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { Import, Problem, UnmatchedTitle } from '../../api/schema.ts'
import { FormError } from '../../parts/form-error.tsx'
import { UnmatchedTitles } from '../../parts/unmatched-titles.tsx'
import { Panel, PanelActions } from './panel.tsx'
import { RefusalList } from './refusal-list.tsx'
import type { Decisions } from './use-decision.ts'

/** Refusals that may be gone when the same file is checked again, because somebody mended the cause elsewhere. */
const mendedElsewhere = new Set(['enrol-not-available', 'invalid-rows', 'unmatched-titles'])

/** Their details say in a sentence what the list says line by line. */
const toldByList = new Set(['invalid-headers', 'invalid-mapping'])
const TOLD = 'Nothing was written. Correct the header row in your spreadsheet, and upload the file again.'

interface Props {
  entry: Import
  problem: Problem
  decisions: Decisions
}

/** A file that was refused: why, everything that has to be settled, and the ways on. Nothing was written. */
export function RefusedPanel({ entry, problem, decisions }: Props) {
  const titles = problem.code === 'unmatched-titles' ? (problem.unmatchedTitles as UnmatchedTitle[]) : null
  return (
    <Panel tone="refused" title={problem.title}>
      <p>{toldByList.has(problem.code) ? TOLD : problem.detail}</p>
      {titles ? (
        <UnmatchedTitles importId={entry.id} titles={titles} count={Number(problem.count ?? titles.length)} />
      ) : (
        <RefusalList problem={problem} />
      )}
      <FormError error={decisions.error} />
      <PanelActions>
        {!titles && mendedElsewhere.has(problem.code) && (
          <Button onClick={decisions.check} loading={decisions.checking}>
            Check again
          </Button>
        )}
        <Button component={Link} href="/import" variant="default">
          Upload a corrected file
        </Button>
      </PanelActions>
    </Panel>
  )
}
