import { Select } from '@mantine/core'
import { usePermissionSets } from '../../parts/choices.ts'
import type { ChoiceGroup } from './choices-step.tsx'

/** What everybody in the file may do. */
export function PermissionsOfAll({ situation, onChange, required }: ChoiceGroup & { required: boolean }) {
  const sets = usePermissionSets()
  const { permissionSet } = situation.options
  const name = sets.find(({ value }) => value === permissionSet)?.label
  return (
    <Select
      label="Permission set"
      description={
        name
          ? `Everybody who is created or updated may do what “${name}” allows.`
          : required
            ? 'This template needs one permission set for everybody in the file.'
            : 'Nobody’s permissions change. New people may do what everybody may.'
      }
      placeholder={required ? 'Choose one' : 'None'}
      data={sets}
      value={permissionSet}
      onChange={(value) => onChange({ permissionSet: value })}
      required={required}
      searchable
      clearable={!required}
      clearButtonProps={{ 'aria-hidden': false, 'aria-label': 'No permission set', tabIndex: 0 }}
      nothingFoundMessage="No permission set has this name"
    />
  )
}
