import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { Import, Problem, UnmatchedTitle } from '../../../api/schema.ts'
import { FormError } from '../../../parts/forms/form-error.tsx'
import { UnmatchedTitles } from '../../../parts/imports/unmatched-titles.tsx'
import type { Decisions } from '../use-decision.ts'
import { Panel, PanelActions } from './panel.tsx'
import { RefusalList } from './refusal-list.tsx'

/** Refusals that may be gone when the same file is checked again, because somebody mended the cause elsewhere. */
const mendedElsewhere = new Set(['enrol-not-available', 'invalid-rows', 'unmatched-titles'])

/** In place of details that say in a sentence what the list says line by line. */
const HEADERS = 'Nothing was written. Correct the header row in your spreadsheet, and upload the file again.'
const toldByList: Record<string, string> = {
  'invalid-headers': HEADERS,
  'invalid-mapping': HEADERS,
  'enrol-not-available':
    'Nothing was written. Give the companies access to these courses and check again; or begin the import again without them.',
  'choices-gone': 'Nothing was written. Begin the import again, and choose what is there now.',
}

/** There is nothing to correct in the file. */
const sameFile = new Set(['file-gone', 'choices-gone', 'enrol-not-available'])

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
      <p>{toldByList[problem.code] ?? problem.detail}</p>
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
          {sameFile.has(problem.code) ? 'Upload the file again' : 'Upload a corrected file'}
        </Button>
      </PanelActions>
    </Panel>
  )
}
