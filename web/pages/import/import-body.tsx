import type { Import } from '../../api/schema.ts'
import { PlanCounts, PlanLine, type PlanList, planLists } from '../../parts/imports/plan-counts.tsx'
import { useFilter } from '../../parts/lists/filters.tsx'
import { History } from './history/history.tsx'
import { OpenList } from './lists/open-list.tsx'
import { ResultCounts, type Show, shows } from './lists/result-counts.tsx'
import { Downloads, endSentence } from './panels/ended-panel.tsx'
import { Panel } from './panels/panel.tsx'
import { PausedPanel } from './panels/paused-panel.tsx'
import { RefusedPanel } from './panels/refused-panel.tsx'
import { PlanDownload, ReviewPanel } from './panels/review-panel.tsx'
import { ProgressBar, StepLine } from './progress/progress.tsx'
import type { Decisions } from './use-decision.ts'

interface Props {
  entry: Import
  decisions: Decisions
}

/** What an import shows below its title, by its state. */
export function ImportBody({ entry, decisions }: Props) {
  const [shown] = useFilter('show')
  const [planned] = useFilter('plan')
  const show = shows.find((one) => one === shown) ?? null
  const action = planLists.find((one) => one === planned) ?? null
  const planOnly = entry.plan !== null && (entry.status === 'review' || isDryRun(entry))
  return (
    <>
      <State entry={entry} decisions={decisions} show={show} action={action} />
      <Downloads entry={entry} />
      <History entry={entry} folded={show !== null || action !== null} />
      <OpenList entry={entry} show={planOnly ? null : show} action={planOnly ? action : null} />
    </>
  )
}

const isDryRun = ({ status, options }: Import) => status === 'completed' && options.dryRun

function State({ entry, decisions, show, action }: Props & { show: Show | null; action: PlanList | null }) {
  const { id, status, plan, problem } = entry
  const counts = <ResultCounts entry={entry} current={show} />
  const to = (list: PlanList) => `/imports/${id}?plan=${list}`
  switch (status) {
    case 'rejected':
      return problem && <RefusedPanel entry={entry} problem={problem} decisions={decisions} />
    case 'failed':
      return (
        <>
          {problem && <RefusedPanel entry={entry} problem={problem} decisions={decisions} />}
          {counts}
        </>
      )
    case 'review':
      return plan && <ReviewPanel entry={entry} plan={plan} current={action} decisions={decisions} />
    case 'paused':
      return (
        <>
          {problem && <PausedPanel entry={entry} problem={problem} decisions={decisions} />}
          <ProgressBar entry={entry} />
          <StepLine entry={entry} />
          {counts}
        </>
      )
    case 'completed':
    case 'cancelled':
      return (
        <>
          <Panel tone={status === 'completed' ? 'done' : 'waiting'} title={titles[status]}>
            <p>
              {endSentence(entry)}{' '}
              {isDryRun(entry) && plan && (
                <>
                  It would have been: <PlanLine plan={plan} entry={entry} to={to} />.
                </>
              )}
            </p>
            {isDryRun(entry) && <PlanDownload id={id} />}
          </Panel>
          {status === 'completed' && <StepLine entry={entry} />}
          {isDryRun(entry) && plan ? <PlanCounts plan={plan} to={to} current={action} /> : counts}
        </>
      )
    default:
      return (
        <>
          <ProgressBar entry={entry} />
          <StepLine entry={entry} />
          {counts}
        </>
      )
  }
}

const titles = { completed: 'Done', cancelled: 'Cancelled' } as const
