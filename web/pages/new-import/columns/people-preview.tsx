import type { ReactNode } from 'react'
import type { Preview } from '../../../api/schema.ts'
import { FieldName } from '../../../parts/forms/field-name.tsx'
import { formatNumber } from '../../../parts/page/format.ts'
import classes from './columns-step.module.css'

type Person = Preview['people'][number]
type CellError = { column: string | null; message: string; value: string | null }

/** The first people as they will be read. */
export function PeoplePreview({ preview: { people, records }, busy }: { preview: Preview; busy: boolean }) {
  const fields = fieldsOf(people)
  const more = records - people.length
  return (
    <section className={classes.preview} aria-labelledby="preview" aria-busy={busy} data-busy={busy || undefined}>
      <h3 id="preview">The first people, as they will be read</h3>
      {people.length === 0 ? (
        <p className="soft">They are shown as soon as nothing is missing.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than the page, and scrolled with the keyboard
        <section className={classes.scroll} tabIndex={0} aria-label="The first people">
          <table>
            <thead>
              <tr>
                <th scope="col">Row</th>
                {fields.map((field) => (
                  <th key={field} scope="col">
                    {headOf(field)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <Line key={person.row} person={person} fields={fields} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {more > 0 && people.length > 0 && <p className="soft">… and {formatNumber(more)} more</p>}
    </section>
  )
}

function Line({ person, fields }: { person: Person; fields: string[] }) {
  const errors = (person.errors ?? []) as CellError[]
  return (
    <>
      <tr>
        <td>{person.row}</td>
        {fields.map((field) => (
          <td key={field}>{textOf(cellOf(person, field))}</td>
        ))}
      </tr>
      {errors.map((error) => (
        <tr key={`${error.column}${error.message}`}>
          <td colSpan={fields.length + 1} className={classes.wrong}>
            {sentenceOf(person.row, error)}
          </td>
        </tr>
      ))}
    </>
  )
}

/** Where it is, what was found there, what was expected. What is wrong with a row as a whole names it already. */
function sentenceOf(row: number, { column, message, value }: CellError): string {
  if (message.startsWith(`Row ${row} `)) return message
  return `Row ${row}${column ? `, ${column}` : ''}${value ? ` “${value}”` : ''}: ${message}`
}

/** Fields that any of the people has, in the order in which they are read. */
function fieldsOf(people: Person[]): string[] {
  const all = people.flatMap(({ row: _, errors: __, custom, ...person }) => [
    ...Object.keys(person),
    ...Object.keys((custom ?? {}) as object).map((key) => `custom.${key}`),
  ])
  return [...new Set(all)].filter((field) => people.some((person) => textOf(cellOf(person, field)) !== ''))
}

function cellOf(person: Person, field: string): unknown {
  if (!field.startsWith('custom.')) return person[field]
  return ((person.custom ?? {}) as Record<string, unknown>)[field.slice('custom.'.length)]
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(', ') : String(value)
}

function headOf(field: string): ReactNode {
  return field === 'titles' ? 'Courses' : <FieldName field={field} />
}
