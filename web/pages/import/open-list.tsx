import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Import } from '../../api/schema.ts'
import { type PlanList, planNames } from '../../parts/plan-counts.tsx'
import { PlanPeople } from '../../parts/plan-people.tsx'
import { EmailsList } from './emails-list.tsx'
import classes from './open-list.module.css'
import { type Show, showNames } from './result-counts.tsx'
import { RowsList } from './rows-list.tsx'

interface Props {
  entry: Import
  show: Show | null
  action: PlanList | null
}

/** The list behind the count that was pressed. It comes into view, and the focus with it. */
export function OpenList({ entry, show, action }: Props) {
  const head = useRef<HTMLHeadingElement>(null)
  const open = show ?? action
  useEffect(() => {
    if (open) head.current?.focus()
  }, [open])
  if (!open) return null
  return (
    <section className={classes.list} aria-labelledby="open-list">
      <div className={classes.head}>
        <h2 id="open-list" ref={head} tabIndex={-1}>
          {show ? showNames[show] : action && planNames[action]}
        </h2>
        <Link href={`/imports/${entry.id}`}>Close the list</Link>
      </div>
      {(show === 'errors' || action === 'invalid') && (
        <p className="soft">
          Download the rows with errors: a file with only these rows, and what is wrong in its first column. Correct it
          in your spreadsheet and upload it; that column is left out then.
        </p>
      )}
      {show === 'emails' && <EmailsList entry={entry} />}
      {show && show !== 'emails' && <RowsList entry={entry} show={show} />}
      {action && <PlanPeople importId={entry.id} list={action} />}
    </section>
  )
}
