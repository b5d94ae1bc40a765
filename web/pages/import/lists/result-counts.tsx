import type { Import } from '../../../api/schema.ts'
import { Count, Counts } from '../../../parts/lists/count.tsx'
import type { Tone } from '../../../parts/states/states.ts'

/** The lists of an import that can be opened, as they stand in the address. */
export const shows = ['created', 'invited', 'changed', 'unchanged', 'errors', 'assignments', 'emails'] as const
export type Show = (typeof shows)[number]

export const showNames: Record<Show, string> = {
  created: 'Created',
  invited: 'Invited',
  changed: 'Changed',
  unchanged: 'Unchanged',
  errors: 'Errors',
  assignments: 'Course assignments',
  emails: 'E-mails',
}

/** What was done so far; each number opens the list of the people behind it. */
export function ResultCounts({ entry, current }: { entry: Import; current: Show | null }) {
  const { id, counts } = entry
  const { sent, failed, queued } = counts.emails
  const mails = sent + failed + queued
  const count = (show: Show, value: number, tone?: Tone) => (
    <Count
      name={showNames[show]}
      value={value}
      to={`/imports/${id}?show=${show}`}
      current={current === show}
      {...(tone ? { tone } : {})}
    />
  )
  return (
    <Counts>
      {(counts.invited === 0 || counts.created > 0) && count('created', counts.created, 'done')}
      {counts.invited > 0 && count('invited', counts.invited, 'done')}
      {count('changed', counts.updated, 'running')}
      {count('unchanged', counts.skipped)}
      {count('errors', counts.invalid, 'refused')}
      {count('assignments', counts.assignments)}
      <Count
        name={failed > 0 ? `E-mails, ${failed} refused` : 'E-mails'}
        value={sent}
        of={mails}
        to={`/imports/${id}?show=emails`}
        current={current === 'emails'}
      />
    </Counts>
  )
}
