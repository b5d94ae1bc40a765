import type { QueuedActivations } from '../../api/schema.ts'
import { plural } from '../page/format.ts'
import classes from './sent.module.css'

const reasons: Record<QueuedActivations['skipped'][number]['reason'], string> = {
  'already-active': 'active already',
  'user-disabled': 'disabled',
  'user-not-found': 'not there any more',
}

/** What became of a request for activation e-mails: how many are on their way, and why others got none. */
export function Sent({ answer: { queued, skipped, skippedTotal } }: { answer: QueuedActivations }) {
  const counts = new Map<string, number>()
  for (const { reason } of skipped) counts.set(reasons[reason], (counts.get(reasons[reason]) ?? 0) + 1)
  const why = [...counts].map(([reason, count]) => `${count} ${reason}`).join(', ')
  return (
    <p role="status" className={classes.sent}>
      {plural(queued, 'e-mail is', 'e-mails are')} on the way.
      {skippedTotal > 0 && ` ${plural(skippedTotal, 'person gets', 'people get')} none: ${why}.`}
    </p>
  )
}
