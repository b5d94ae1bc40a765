import { Select } from '@mantine/core'
import type { Preview } from '../../../api/schema.ts'
import classes from './columns-step.module.css'
import type { FieldChoices } from './field-choices.ts'

const NOT = 'do not import'

const NO_HEADER = 'Cannot be imported: give the column a header in your spreadsheet.'
const TWICE = 'Cannot be imported: another column has this header. Rename one in your spreadsheet.'

/** Why a field is filled in already. */
const marks: Record<string, string> = {
  header: 'Suggested: the header says so',
  cells: 'Suggested: the cells look like it',
  saved: 'As it was remembered for the company',
  template: 'As in the template',
}

interface Props {
  column: Preview['columns'][number]
  /** The same column before anybody matched it. */
  suggested: Preview['columns'][number] | undefined
  choices: FieldChoices
  taken: Record<string, string>
  /** Another column has the same header: nobody could tell which of them is meant. */
  twice: boolean
  onMatch: (field: string | null) => void
}

/** A column of the file → a field. */
export function ColumnLine({ column, suggested, choices, taken, twice, onMatch }: Props) {
  const { header, field, samples } = column
  const source = suggested && suggested.field === field ? suggested.source : column.source
  const none = header.trim() === ''
  const name = none ? 'no header' : header
  const out = none ? NO_HEADER : twice ? TWICE : null
  return (
    <li className={classes.line}>
      <div>
        <span className={classes.header}>{name}</span>
        <span className={classes.samples}>{samples.length > 0 ? samples.join(' · ') : 'every cell is empty'}</span>
      </div>
      <span className={classes.arrow} aria-hidden="true">
        →
      </span>
      <div>
        <Select
          aria-label={`What the column “${name}” is`}
          data={[{ value: NOT, label: 'Do not import' }, ...choices.forColumn(field, taken)]}
          value={field ?? NOT}
          onChange={(value) => onMatch(value === NOT ? null : value)}
          allowDeselect={false}
          searchable
          disabled={out !== null && field === null}
          maxDropdownHeight={320}
        />
        {out && <span className={classes.mark}>{out}</span>}
        {!out && source && marks[source] && <span className={classes.mark}>{marks[source]}</span>}
      </div>
    </li>
  )
}
