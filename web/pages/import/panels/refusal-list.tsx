import type { ReactNode } from 'react'
import type { ImportRow, Problem } from '../../../api/schema.ts'
import { FieldName } from '../../../parts/forms/field-name.tsx'
import { fieldName } from '../../../parts/forms/field-names.ts'
import { CellErrors } from '../../../parts/imports/cell-errors.tsx'
import { formatNumber } from '../../../parts/page/format.ts'
import { MOST, records, textOf } from '../particulars.ts'
import classes from './panel.module.css'

type Particular = Record<string, unknown>

const headerReasons: Record<string, (header: Particular) => string> = {
  missing: ({ expected }) => `Column “${textOf(expected)}” is missing.`,
  spelling: ({ column, found, expected }) =>
    `Column ${textOf(column)} is “${textOf(found)}” and should be “${textOf(expected)}”.`,
  duplicate: ({ column, found }) => `Column ${textOf(column)}, “${textOf(found)}”, stands twice.`,
  unknown: ({ column, found }) => `Column ${textOf(column)}, “${textOf(found)}”, is not part of the template.`,
  position: ({ column, found, expected }) =>
    `Column ${textOf(column)} is “${textOf(found)}” where “${textOf(expected)}” belongs.`,
}

const mappingReasons: Record<string, string> = {
  'unknown-field': 'there is no such field',
  'unknown-header': 'the file has no such column',
  'header-stands-twice': 'the column stands in the file twice',
  'header-used-twice': 'the column is given to two fields',
  'missing-field': 'is required, and no column is given to it',
}

/** Everything that a refusal names, a line each, so that the file is corrected once. */
export function RefusalList({ problem }: { problem: Problem }) {
  const lines = linesOf(problem)
  if (lines.length === 0) return null
  const more = Math.max(lines.length, Number(problem.count ?? 0)) - Math.min(lines.length, MOST)
  return (
    <ul className={classes.list} aria-label="What has to be settled">
      {lines.slice(0, MOST).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list of a problem does not change
        <li key={index}>{line}</li>
      ))}
      {more > 0 && <li>… and {formatNumber(more)} more</li>}
    </ul>
  )
}

function linesOf({ headers, mapping, courses, missing, rows, errors }: Problem): ReactNode[] {
  if (headers) return records(headers).map((header) => headerReasons[textOf(header.reason)]?.(header) ?? '')
  if (mapping) {
    return records(mapping).map(({ field, header, reason }) => (
      <>
        <strong>
          <FieldName field={textOf(field)} />
        </strong>{' '}
        {textOf(header) && `“${textOf(header)}”`} {mappingReasons[textOf(reason)] ?? textOf(reason)}
      </>
    ))
  }
  if (courses) {
    return records(courses).map(({ title, company }) => (
      <>
        <strong>{title === null ? 'A course of a collection or campaign' : `“${textOf(title)}”`}</strong> is not open to{' '}
        {textOf(company)}
      </>
    ))
  }
  if (missing) return records(missing).map(({ option }) => `${fieldName(textOf(option))}: no longer there`)
  if (rows) {
    return records(rows).map((row) => (
      <>
        <strong>Row {textOf(row.row)}</strong> <CellErrors errors={(row.errors ?? []) as ImportRow['errors']} />
      </>
    ))
  }
  return records(errors).map(({ message }) => textOf(message))
}
