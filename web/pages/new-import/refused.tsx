import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { Problem } from '../../api/problem.ts'
import type { ImportRow } from '../../api/schema.ts'
import { CellErrors } from '../../parts/imports/cell-errors.tsx'
import notes from './notes.module.css'

interface Props {
  problem: Problem
  onChoices: () => void
  onRetry?: () => void
  retry?: string
}

/** Why the file or the choices were refused, all of it, and what to do next. */
export function Refused({ problem, onChoices, onRetry, retry = 'Try again' }: Props) {
  const errors = listOf<{ message: string }>(problem.errors).flatMap(({ message }) => (message ? [message] : []))
  const rows = listOf<{ row: number; errors: ImportRow['errors'] }>(problem.rows)
  return (
    <div role="alert" className={notes.refused}>
      <h3>{problem.title}</h3>
      <p>{problem.detail}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <ul>
          {rows.map(({ row, errors: cells }) => (
            <li key={row}>
              Row {row}
              <CellErrors errors={cells} />
            </li>
          ))}
        </ul>
      )}
      <div className={notes.next} style={{ marginTop: '1rem' }}>
        <Button variant="default" onClick={onChoices}>
          Change the choices
        </Button>
        <Button variant="default" component={Link} href="?step=file">
          Choose a corrected file
        </Button>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {retry}
          </Button>
        )}
      </div>
    </div>
  )
}

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : []
}
