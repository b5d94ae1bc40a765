import type { Problem } from '../../../api/schema.ts'
import { formatNumber } from '../../../parts/page/format.ts'
import { MOST, records, textOf } from '../particulars.ts'
import classes from './panel.module.css'

const happened: Record<string, string> = {
  changed: 'was changed meanwhile',
  appeared: 'is there now, and was not',
  gone: 'is no longer there',
}

/** Those about whom the confirmed plan is no longer true. */
export function MovedPeople({ problem }: { problem: Problem }) {
  const moved = records(problem.moved)
  return (
    <ul className={classes.list} aria-label="People who changed">
      {moved.slice(0, MOST).map(({ row, email, what }) => (
        <li key={String(row)}>
          <span className="soft">Row {formatNumber(Number(row))}</span>
          <strong>{textOf(email)}</strong>
          <span>{happened[textOf(what)] ?? textOf(what)}</span>
        </li>
      ))}
      {moved.length > MOST && <li>… and {formatNumber(moved.length - MOST)} more</li>}
    </ul>
  )
}
