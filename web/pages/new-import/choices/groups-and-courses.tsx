import { optionMeanings } from '../../../../domain/imports/option-meanings.ts'
import { mapsField } from '../../../../domain/imports/option-rules/index.ts'
import { ChooseSome } from '../../../parts/forms/choose.tsx'
import { Choice, YesNo } from './choice.tsx'
import type { ChoiceGroup } from './choice-group.ts'
import { ruledOut } from './rules.ts'

/** What everybody in the file can be enrolled into. */
const enrolments = [
  { of: 'courses', name: 'Courses', does: optionMeanings['enrol.courses'].meaning },
  { of: 'collections', name: 'Collections', does: optionMeanings['enrol.collections'].meaning },
  { of: 'campaigns', name: 'Campaigns', does: optionMeanings['enrol.campaigns'].meaning },
] as const

const hint = (chosen: string[]) => (chosen.length === 0 ? 'None. Type to search' : 'Add another')

/** What everybody in the file joins and is enrolled into, beside what their row says. */
export function GroupsAndCourses({ situation, onChange }: ChoiceGroup) {
  const { mapping, options } = situation
  const { groups, groupsMode, unknownGroups, enrolExisting, company } = options
  const enrol = options.enrol ?? { courses: [], collections: [], campaigns: [] }
  const named = groups.length > 0 || mapsField(mapping, 'groups')
  const out = (choice: string) => ruledOut(choice, situation)
  return (
    <>
      <ChooseSome
        name="Groups"
        of="groups"
        description={optionMeanings.groups.meaning}
        placeholder={hint(groups)}
        value={groups}
        onChange={(value) => onChange({ groups: value })}
      />
      {named && (
        <Choice
          name="What happens with groups"
          value={groupsMode}
          onChange={(value) => onChange({ groupsMode: value as typeof groupsMode })}
          options={[
            { value: 'add', label: 'Join', does: optionMeanings.groupsMode.values.add },
            {
              value: 'remove',
              label: 'Leave',
              does: optionMeanings.groupsMode.values.remove,
              out: out('groupsMode=remove'),
            },
            {
              value: 'replace',
              label: 'These and no others',
              does: optionMeanings.groupsMode.values.replace,
              out: out('groupsMode=replace'),
            },
          ]}
        />
      )}
      {mapsField(mapping, 'groups') && (
        <Choice
          name="The file names a group that is not there"
          value={unknownGroups}
          onChange={(value) => onChange({ unknownGroups: value as typeof unknownGroups })}
          options={[
            { value: 'error', label: 'Report the row', does: optionMeanings.unknownGroups.values.error },
            {
              value: 'create',
              label: 'Make the group',
              does: optionMeanings.unknownGroups.values.create,
              out: out('unknownGroups=create'),
            },
          ]}
        />
      )}
      {enrolments.map(({ of, name, does }) => (
        <ChooseSome
          key={of}
          name={name}
          of={of}
          company={of === 'courses' ? company : null}
          description={does}
          placeholder={hint(enrol[of])}
          value={enrol[of]}
          onChange={(ids) => onChange({ enrol: { ...enrol, [of]: ids } })}
        />
      ))}
      <YesNo
        name="People already there"
        value={enrolExisting || options.existing === 'update'}
        onChange={(value) => onChange({ enrolExisting: value })}
        yes={{
          label: 'Are enrolled, too',
          does: optionMeanings.enrolExisting.values.true,
          out: options.existing === 'update' ? null : out('enrolExisting=true'),
        }}
        no={{
          label: 'Are not enrolled',
          does: optionMeanings.enrolExisting.values.false,
          out: options.existing === 'update' ? 'Existing users are updated, which enrols them.' : null,
        }}
      />
    </>
  )
}
