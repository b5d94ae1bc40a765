import { ChooseOne } from '../../../parts/forms/choose.tsx'
import { NameOf } from '../../../parts/forms/name-of.tsx'
import type { ChoiceGroup } from './choice-group.ts'

/** What everybody in the file may do. */
export function PermissionsOfAll({ situation, onChange, required }: ChoiceGroup & { required: boolean }) {
  const { permissionSet } = situation.options
  const nobody = required
    ? 'This template needs one permission set for everybody in the file.'
    : 'Nobody’s permissions change. New people may do what everybody may.'
  return (
    <ChooseOne
      name="Permission set"
      of="permission-sets"
      description={
        permissionSet === null ? (
          nobody
        ) : (
          <>
            Everybody who is created or updated may do what “
            <NameOf field="permissionSet" id={permissionSet} />” allows.
          </>
        )
      }
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      placeholder={required ? 'Choose one' : 'None'}
      value={permissionSet}
      onChange={(value) => onChange({ permissionSet: value })}
      required={required}
      clearable={!required}
    />
  )
}
