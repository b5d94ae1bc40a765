import type { Import } from '../../../api/schema.ts'
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx'
import { plural } from '../../../parts/page/format.ts'
import type { Decisions } from '../use-decision.ts'
import { rowsLeft, stays } from './what-stays.ts'

/** Asks once, and says what stays and what will not happen. */
export function CancelButton({ entry, decisions }: { entry: Import; decisions: Decisions }) {
  return (
    <ConfirmButton
      name="Cancel the import"
      does={whatCancelDoes(entry)}
      onConfirm={decisions.cancel}
      error={decisions.cancelError}
    />
  )
}

function whatCancelDoes(entry: Import): string {
  const { created, invited, updated, emails } = entry.counts
  if (created + invited + updated === 0) return 'Nothing was written yet, and nothing will be. Nobody gets an e-mail.'
  const mails =
    emails.queued > 0
      ? ` ${plural(emails.queued, 'e-mail that was', 'e-mails that were')} not sent yet will not be sent, but for those that are on their way.`
      : ''
  const rest = rowsLeft(entry) > 0 ? ' The rest of the file is left out.' : ''
  return `What was done stays: ${stays(entry)}${rest}${mails} A cancelled import cannot be taken up again.`
}
