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
            does: 'They get the values, groups and courses of the file. You see each change before it happens.',
          },
          {
            value: 'skip',
            label: 'Leave them as they are',
            does: 'Only people who are not there yet are created; of the others nothing changes.',
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
            does: 'An empty cell says nothing: whoever has a value keeps it.',
          },
          {
            value: 'clear',
            label: 'Empty it',
            does: 'An empty cell takes away the value that somebody has in this field.',
            out: ruledOut('blankCells=clear', situation),
          },
        ]}
      />
    </>
  )
}
