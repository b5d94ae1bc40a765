import { Fragment, type ReactNode } from 'react'
import { FieldName } from '../forms/field-name.tsx'
import { isNamed, NameOf } from '../forms/name-of.tsx'
import classes from './changes.module.css'

/** Values by field, as they were and as they will be or are now. */
export type ChangedValues = Record<string, { from?: unknown; to?: unknown }>

/** What changes of a person, a line a field: old → new. */
export function Changes({ of }: { of: ChangedValues }) {
  return (
    <ul className={classes.changes}>
      {flat(of).map(({ field, from, to }) => (
        <li key={field}>
          <span className={classes.field}>
            <FieldName field={field} />
          </span>
          <span className={isEmpty(from) ? 'soft' : classes.from}>
            <Value field={field} value={from} />
          </span>
          <span aria-hidden="true">→</span>
          <span className={classes.readOnly}>becomes</span>
          <strong>
            <Value field={field} value={to} />
          </strong>
        </li>
      ))}
    </ul>
  )
}

/** Custom fields come as one object; each is a field of its own to people. */
function flat(changes: ChangedValues): { field: string; from: unknown; to: unknown }[] {
  return Object.entries(changes).flatMap(([field, { from, to }]) => {
    if (field !== 'custom') return [{ field, from, to }]
    const [before, after] = [asRecord(from), asRecord(to)]
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys
      .filter((key) => before[key] !== after[key])
      .map((key) => ({ field: `custom.${key}`, from: before[key], to: after[key] }))
  })
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** One value of a field as people read it; ids by the name of what they are. */
export function Value({ field, value }: { field: string; value: unknown }): ReactNode {
  if (isEmpty(value)) return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none'
    return value.map((one, index) => (
      <Fragment key={String(one)}>
        {index > 0 && ', '}
        <Value field={field} value={one} />
      </Fragment>
    ))
  }
  if (isNamed(field)) return <NameOf field={field} id={String(value)} />
  return String(value)
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
