import { Button } from '@mantine/core'
import type { Import, Problem } from '../../../api/schema.ts'
import { FormError } from '../../../parts/forms/form-error.tsx'
import { Time } from '../../../parts/page/time.tsx'
import { useTimeline } from '../history/use-timeline.ts'
import { records, textOf } from '../particulars.ts'
import type { Decisions } from '../use-decision.ts'
import { CancelButton } from './cancel-button.tsx'
import { MovedPeople } from './moved-people.tsx'
import classes from './panel.module.css'
import { Panel, PanelActions } from './panel.tsx'
import { stoppedText } from './stopped-text.ts'
import { stays } from './what-stays.ts'

interface Props {
  entry: Import
  problem: Problem
  decisions: Decisions
}

/** An import that stopped: what, since when, what stays done, what to check, and the two ways on. */
export function PausedPanel({ entry, problem, decisions }: Props) {
  const { what, check } = stoppedText(problem.detail)
  const [said] = records([problem.mailServer]).map(({ message }) => textOf(message))
  const since = useTimeline(entry).items.findLast((event) => event.what === 'paused')?.at
  return (
    <Panel tone="person" title={problem.title}>
      <p>{what}</p>
      <dl className={classes.facts}>
        <dt>Since</dt>
        <dd>{since ? <Time at={since} /> : '…'}</dd>
        {said && (
          <>
            <dt>The mail server said</dt>
            <dd>{said}</dd>
          </>
        )}
        <dt>Done, and stays done</dt>
        <dd>{stays(entry)}</dd>
        <dt>To check</dt>
        <dd>{problem.code === 'plan-outdated' ? check.replace(/ Rows: [^.]*\.$/, '') : check}</dd>
      </dl>
      {problem.code === 'plan-outdated' && <MovedPeople problem={problem} />}
      <FormError error={decisions.error} />
      <PanelActions>
        <Button onClick={decisions.resume} loading={decisions.resuming}>
          Resume
        </Button>
        <CancelButton entry={entry} decisions={decisions} />
        <span>Resume goes on where it stopped. Nobody is created twice.</span>
      </PanelActions>
    </Panel>
  )
}
