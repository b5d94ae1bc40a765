import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Import } from '../../../api/schema.ts'
import { type PlanList, planNames } from '../../../parts/imports/plan-counts.tsx'
import { PlanPeople } from '../../../parts/imports/plan-people.tsx'
import { PLACE, useFilter } from '../../../parts/lists/filters.tsx'
import { EmailsList } from './emails-list.tsx'
import classes from './open-list.module.css'
import { type Show, showNames } from './result-counts.tsx'
import { RowsList } from './rows-list.tsx'

interface Props {
  entry: Import
  show: Show | null
  action: PlanList | null
}

/** Lists of those whom the import filter of the page of people finds. */
const ofPeople = new Set<Show>(['created', 'invited', 'changed', 'unchanged', 'assignments'])

/** The list behind the count that was pressed. It comes into view, and the focus with it. */
export function OpenList({ entry, show, action }: Props) {
  const head = useRef<HTMLHeadingElement>(null)
  const open = show ?? action
  const [place] = useFilter(PLACE)
  const placed = useRef(false)
  placed.current = place !== null
  useEffect(() => {
    // An address that names a place of the list leads there.
    if (open) head.current?.focus({ preventScroll: placed.current })
  }, [open])
  if (!open) return null
  return (
    <section className={classes.list} aria-labelledby="open-list">
      <div className={classes.head}>
        <h2 id="open-list" ref={head} tabIndex={-1}>
          {show ? showNames[show] : action && planNames[action]}
        </h2>
        <span className={classes.links}>
          {show && ofPeople.has(show) && <Link href={`/people?import=${entry.id}`}>Find somebody of this import</Link>}
          <Link href={`/imports/${entry.id}`}>Close the list</Link>
        </span>
      </div>
      {(show === 'errors' || action === 'invalid') && (
        <p className="soft">
          Download the rows with errors: a file with only these rows, and what is wrong in its first column. Correct it
          in your spreadsheet and upload it; that column is left out then.
        </p>
      )}
      {show === 'emails' && <EmailsList entry={entry} />}
      {show && show !== 'emails' && <RowsList key={show} entry={entry} show={show} />}
      {action && <PlanPeople importId={entry.id} list={action} />}
    </section>
  )
}
