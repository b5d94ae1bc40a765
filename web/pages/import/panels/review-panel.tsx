import { Button } from '@mantine/core'
import { addressOf } from '../../../api/request.ts'
import type { Import } from '../../../api/schema.ts'
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx'
import { PlanCounts, PlanLine, type PlanList } from '../../../parts/imports/plan-counts.tsx'
import { doesNothing, importSentence, whatImportDoes } from '../../../parts/imports/plan-sentences.ts'
import type { Decisions } from '../use-decision.ts'
import { CancelButton } from './cancel-button.tsx'
import { Panel, PanelActions } from './panel.tsx'

interface Props {
  entry: Import
  plan: NonNullable<Import['plan']>
  current: PlanList | null
  decisions: Decisions
}

/** An import that waits for a confirmation: what will happen to how many, and the button that lets it happen. */
export function ReviewPanel({ entry, plan, current, decisions }: Props) {
  const to = (list: PlanList) => `/imports/${entry.id}?plan=${list}`
  return (
    <>
      <Panel tone="person" title="This waits for your confirmation">
        <p>
          Nothing was written yet.{' '}
          {doesNothing(plan) ? (
            whatImportDoes(plan)
          ) : (
            <>
              This is what will happen: <PlanLine plan={plan} entry={entry} to={to} />.
            </>
          )}{' '}
          Without an answer it cancels itself seven days after it was checked.
        </p>
        <PanelActions>
          <ConfirmButton
            name={importSentence(plan)}
            does={whatImportDoes(plan)}
            onConfirm={decisions.confirm}
            error={decisions.confirmError}
            variant="filled"
            disabled={doesNothing(plan)}
          />
          <CancelButton entry={entry} decisions={decisions} />
          <PlanDownload id={entry.id} />
        </PanelActions>
      </Panel>
      <PlanCounts plan={plan} to={to} current={current} />
    </>
  )
}

/** All that will happen, as a file. */
export function PlanDownload({ id }: { id: string }) {
  return (
    <Button
      component="a"
      variant="default"
      href={addressOf('GET /v1/imports/{id}/plan.csv', { path: { id } })}
      download
    >
      Download what will happen
    </Button>
  )
}
