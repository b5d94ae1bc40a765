import type { Import } from '../../../api/schema.ts'
import { FormError } from '../../../parts/forms/form-error.tsx'
import { Time } from '../../../parts/page/time.tsx'
import { useAccount } from '../../../session/account.ts'
import { sentenceOf } from './events.ts'
import classes from './history.module.css'
import { useTimeline } from './use-timeline.ts'

/** What happened, who did it and when; for operators a way into the Temporal UI. */
export function History({ entry, folded }: { entry: Import; folded: boolean }) {
  const { role } = useAccount()
  const { items, error } = useTimeline(entry)
  return (
    <details className={classes.history} open={!folded}>
      <summary>What happened</summary>
      <FormError error={error} />
      <ol>
        {items.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays where it is
          <li key={index}>
            <Time at={event.at} /> <span>{sentenceOf(event, entry)}</span>
          </li>
        ))}
      </ol>
      {role === 'platform' && entry.links.temporal && (
        <a href={entry.links.temporal} className="soft" rel="noreferrer">
          Open in Temporal
        </a>
      )}
    </details>
  )
}
