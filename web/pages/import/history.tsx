import type { Import } from '../../api/schema.ts'
import { Time } from '../../parts/time.tsx'
import { useAccount } from '../../session/account.ts'
import classes from './history.module.css'

/** What happened, who did it and when; for operators a way into the Temporal UI. */
export function History({ entry, folded }: { entry: Import; folded: boolean }) {
  const { role } = useAccount()
  const { startedBy, createdAt, startedAt, finishedAt, links } = entry
  return (
    <details className={classes.history} open={!folded}>
      <summary>What happened</summary>
      <ol>
        <li>
          <Time at={createdAt} /> File uploaded by {startedBy}
        </li>
        {startedAt && (
          <li>
            <Time at={startedAt} /> Started
          </li>
        )}
        {finishedAt && (
          <li>
            <Time at={finishedAt} /> Ended
          </li>
        )}
      </ol>
      {role === 'platform' && links.temporal && (
        <a href={links.temporal} className="soft" rel="noreferrer">
          Open in Temporal
        </a>
      )}
    </details>
  )
}
