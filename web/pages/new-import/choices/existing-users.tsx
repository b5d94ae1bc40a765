import { optionMeanings } from '../../../../domain/imports/option-meanings.ts'
import { Choice } from './choice.tsx'
import type { ChoiceGroup } from './choice-group.ts'
import { ruledOut } from './rules.ts'

/** What happens to people of the file who are known already, by their address. */
export function PeopleAlreadyThere({ situation, onChange }: ChoiceGroup) {
  const { existing, blankCells } = situation.options
  return (
    <>
      <Choice
        name="Somebody in the file is there already"
        value={existing}
        onChange={(value) => onChange({ existing: value as typeof existing })}
        options={[
          {
            value: 'update',
            label: 'Update them',
            does: optionMeanings.existing.values.update,
          },
          {
            value: 'skip',
            label: 'Leave them as they are',
            does: optionMeanings.existing.values.skip,
          },
        ]}
      />
      <Choice
        name="A cell is empty"
        value={blankCells}
        onChange={(value) => onChange({ blankCells: value as typeof blankCells })}
        options={[
          {
            value: 'keep',
            label: 'Keep what they have',
            does: optionMeanings.blankCells.values.keep,
          },
          {
            value: 'clear',
            label: 'Empty it',
            does: optionMeanings.blankCells.values.clear,
            out: ruledOut('blankCells=clear', situation),
          },
        ]}
      />
    </>
  )
}
