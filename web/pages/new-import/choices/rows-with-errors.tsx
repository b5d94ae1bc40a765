import { optionMeanings } from '../../../../domain/imports/option-meanings.ts'
import { Choice } from './choice.tsx'
import type { ChoiceGroup } from './choice-group.ts'

/** What a row that cannot be imported does to the others. */
export function RowsWithErrors({ situation, onChange }: ChoiceGroup) {
  const { invalidRows } = situation.options
  return (
    <Choice
      name="A row has errors"
      value={invalidRows}
      onChange={(value) => onChange({ invalidRows: value as typeof invalidRows })}
      options={[
        {
          value: 'skip',
          label: 'Import the others',
          does: optionMeanings.invalidRows.values.skip,
        },
        {
          value: 'reject',
          label: 'Refuse the file',
          does: optionMeanings.invalidRows.values.reject,
        },
      ]}
    />
  )
}
