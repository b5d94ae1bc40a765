import type { Import } from '../../api/schema.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { plural } from '../../parts/format.ts'
import type { Decisions } from './use-decision.ts'
import { stays } from './what-stays.ts'

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
      ? ` ${plural(emails.queued, 'e-mail that was', 'e-mails that were')} not sent yet will not be sent.`
      : ''
  return `What was done stays: ${stays(entry)} The rest of the file is left out.${mails} A cancelled import cannot be taken up again.`
}
