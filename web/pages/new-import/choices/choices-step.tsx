import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { mapsField } from '../../../../domain/imports/option-rules/index.ts'
import type { Preview, Template } from '../../../api/schema.ts'
import { useAccount } from '../../../session/account.ts'
import { PeoplePreview } from '../columns/people-preview.tsx'
import { type Draft, useChangeDraft } from '../draft/draft.ts'
import notes from '../notes.module.css'
import classes from './choices.module.css'
import { CompanyOfAll } from './company-of-all.tsx'
import { PeopleAlreadyThere } from './existing-users.tsx'
import { GroupsAndCourses } from './groups-and-courses.tsx'
import { LanguageOfNew } from './language-of-new.tsx'
import { type FullOptions, fullOptions } from './options.ts'
import { PasswordsAndEmail } from './passwords-and-email.tsx'
import { PermissionsOfAll } from './permissions-of-all.tsx'
import { RowsWithErrors } from './rows-with-errors.tsx'
import { missingChoices, type Situation, takenBack } from './rules.ts'

interface Props {
  draft: Draft
  preview: Preview
  template: Template
  /** All of them, without those that are ruled out. */
  options: FullOptions
  /** The one password for all, while it is typed. */
  password: string | null
  onPassword: (password: string | null) => void
  onDone: () => void
}

/** What happens to whom. */
export function ChoicesStep({ draft, preview, template, options, password, onPassword, onDone }: Props) {
  const change = useChangeDraft(draft)
  const account = useAccount()
  const situation: Situation = { options, mapping: preview.mapping, platform: account.companies === null }
  // What other columns, or another file, have ruled out since it was chosen.
  const gone = takenBack({ ...situation, options: fullOptions(template, draft.options) })
  const onChange = (changes: Partial<FullOptions>) => {
    const back = takenBack({ ...situation, options: { ...options, ...changes } })
    change({ options: { ...draft.options, ...gone, ...changes, ...back } })
  }
  const done = () => {
    if (Object.keys(gone).length > 0) onChange({})
    onDone()
  }
  const group = { situation, onChange }
  const missing = missingChoices(situation, { requires: template.requires, password, companies: account.companies })
  const exact = template.headers !== 'matched'
  return (
    <>
      {exact && <PeoplePreview preview={preview} busy={false} />}
      <div className={classes.groups}>
        <div className={classes.column}>
          <Group title="People already there">
            <PeopleAlreadyThere {...group} />
            {exact && !mapsField(preview.mapping, 'company') && (
              <CompanyOfAll draft={draft} mapping={preview.mapping} />
            )}
          </Group>
          <Group title="Groups and courses">
            <GroupsAndCourses {...group} />
          </Group>
        </div>
        <div className={classes.column}>
          <Group title="Passwords and e-mail">
            <LanguageOfNew {...group} />
            <PasswordsAndEmail {...group} email={account.email} password={password} onPassword={onPassword} />
          </Group>
          <Group title="Permissions">
            <PermissionsOfAll {...group} required={template.requires.includes('permissionSet')} />
          </Group>
          <Group title="Rows with errors">
            <RowsWithErrors {...group} />
          </Group>
        </div>
      </div>
      <div className={notes.next}>
        <Button onClick={done} disabled={missing.length > 0}>
          Check what will happen
        </Button>
        <p className="soft">{missing[0] ?? 'Nothing happens to anybody yet.'}</p>
      </div>
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}
