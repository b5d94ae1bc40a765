import { mapsField } from '../../../../domain/imports/option-rules/index.ts'
import { ChooseSome } from '../../../parts/forms/choose.tsx'
import { Choice, YesNo } from './choice.tsx'
import type { ChoiceGroup } from './choice-group.ts'
import { ruledOut } from './rules.ts'

/** What everybody in the file can be enrolled into. */
const enrolments = [
  { of: 'courses', name: 'Courses', does: 'Everybody in the file is enrolled, beside the courses of each row.' },
  { of: 'collections', name: 'Collections', does: 'Everybody is enrolled into each course of the collection.' },
  { of: 'campaigns', name: 'Campaigns', does: 'Everybody is enrolled into each course of the campaign.' },
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
        description="Everybody in the file, beside the groups of each row."
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
            { value: 'add', label: 'Join', does: 'People join these groups and stay in those they are in.' },
            {
              value: 'remove',
              label: 'Leave',
              does: 'People leave these groups and stay in all others.',
              out: out('groupsMode=remove'),
            },
            {
              value: 'replace',
              label: 'These and no others',
              does: 'People leave every other group that they are in.',
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
            { value: 'error', label: 'Report the row', does: 'The row counts as one with an error.' },
            {
              value: 'create',
              label: 'Make the group',
              does: 'The group is made when the import begins, with the name in the file.',
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
          does: 'Whoever is there already is enrolled, even where nothing else of them changes.',
          out: options.existing === 'update' ? null : out('enrolExisting=true'),
        }}
        no={{
          label: 'Are not enrolled',
          does: 'Only new people are enrolled.',
          out:
            options.existing === 'update' ? 'People already there are brought up to date, and enrolled with it.' : null,
        }}
      />
    </>
  )
}
