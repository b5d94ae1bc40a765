import type { ImportRow } from '../../api/schema.ts'
import classes from '../people/changes.module.css'

/** What is wrong with a row, a line a cell: its column, what was found there, what was expected. */
export function CellErrors({ errors }: { errors: ImportRow['errors'] }) {
  return (
    <ul className={classes.changes}>
      {errors.map(({ column, code, message, value }) => (
        <li key={`${column}${code}`}>
          {column && <strong>{column}</strong>}
          {value !== null && value !== '' && <span>“{value}”</span>}
          <span className="soft">{message}</span>
        </li>
      ))}
    </ul>
  )
}
