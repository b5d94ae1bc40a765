import type { Import } from '../../../api/schema.ts'
import { plural } from '../../../parts/page/format.ts'

/** What an import has done so far, as a sentence without a verb. */
export function stays({ counts }: Import): string {
  const { created, invited, updated, assignments, emails } = counts
  const parts = [
    ...(created > 0 ? [`${plural(created, 'person', 'people')} created`] : []),
    ...(invited > 0 ? [`${plural(invited, 'person', 'people')} invited`] : []),
    ...(updated > 0 ? [`${plural(updated, 'person', 'people')} changed`] : []),
    ...(assignments > 0 ? [plural(assignments, 'course assignment', 'course assignments')] : []),
    ...(emails.sent > 0 ? [`${plural(emails.sent, 'e-mail', 'e-mails')} sent`] : []),
    ...(emails.failed > 0 ? [`${plural(emails.failed, 'e-mail', 'e-mails')} could not be sent`] : []),
  ]
  return parts.length === 0 ? 'Nothing was written yet.' : `${parts.join(', ')}.`
}

/** Rows of the file that nothing was done with so far. */
export function rowsLeft({ counts }: Import): number {
  const { records, created, invited, updated, skipped, invalid } = counts
  return Math.max(0, records - created - invited - updated - skipped - invalid)
}
