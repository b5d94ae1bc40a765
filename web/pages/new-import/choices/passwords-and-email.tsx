import { Textarea } from '@mantine/core'
import { MIN_PASSWORD } from '../../../../domain/passwords/password.ts'
import { useCompanies } from '../../../parts/forms/choices.ts'
import { NewPassword } from '../../../parts/forms/new-password.tsx'
import { Choice, YesNo } from './choice.tsx'
import type { ChoiceGroup } from './choice-group.ts'
import classes from './choices.module.css'
import { ruledOut } from './rules.ts'

/** Characters of a personal text; the API takes no more. */
const MAX_MESSAGE = 2_000

interface Props extends ChoiceGroup {
  /** Of whoever imports. */
  email: string
  password: string | null
  onPassword: (password: string | null) => void
}

/** How new people get in, and what is sent to them. */
export function PasswordsAndEmail({ situation, onChange, email, password, onPassword }: Props) {
  const { mode, passwords, sendEmails, message, deliverTo } = situation.options
  const out = (choice: string) => ruledOut(choice, situation)
  const company = useCompanies().find(({ value }) => value === situation.options.company)
  const noMessage = out('message')
  return (
    <>
      <Choice
        name="New people"
        value={mode}
        onChange={(value) => onChange({ mode: value as typeof mode })}
        options={[
          {
            value: 'create',
            label: 'Get an account',
            does: 'Their accounts exist at once, and are activated by them or with their password.',
          },
          {
            value: 'invite',
            label: 'Are invited',
            does: 'Their accounts come into being when they accept the invitation.',
            out: out('mode=invite'),
          },
        ]}
      />
      <Choice
        name="Their password"
        value={passwords.set}
        onChange={(value) => {
          const set = value as typeof passwords.set
          if (set !== 'default') onPassword(null)
          onChange({ passwords: { ...passwords, set } })
        }}
        options={[
          {
            value: 'activation',
            label: 'Each chooses one',
            does: 'Each chooses a password through the link in the e-mail.',
          },
          {
            value: 'generate',
            label: 'Made for each',
            does: 'Each gets a password of their own, which stands in the e-mail and nowhere else.',
            out: out('passwords.set=generate'),
          },
          {
            value: 'default',
            label: 'One for all',
            does: 'Everybody gets the password that you type here. Tell it to them yourself; it is never shown again.',
            out: out('passwords.set=default'),
          },
        ]}
      />
      {passwords.set === 'default' && (
        <NewPassword
          label="The password for all"
          description={`At least ${MIN_PASSWORD} characters. It is not kept with the draft.`}
          required={false}
          value={password ?? ''}
          onChange={(event) => onPassword(event.currentTarget.value || null)}
          owner={{ company: company?.label ?? null }}
          known="Little more than the name of the company"
        />
      )}
      {passwords.set !== 'activation' && (
        <>
          <YesNo
            name="After the first sign-in"
            value={passwords.forceReset}
            onChange={(forceReset) => onChange({ passwords: { ...passwords, forceReset } })}
            yes={{ label: 'They choose a new one', does: 'Nobody keeps a password that somebody else knows.' }}
            no={{ label: 'They may keep it', does: 'They go on with the password that they were given.' }}
          />
          <YesNo
            name="People already there"
            value={passwords.updateExisting}
            onChange={(updateExisting) => onChange({ passwords: { ...passwords, updateExisting } })}
            no={{ label: 'Keep their password', does: 'Whoever has an account signs in as before.' }}
            yes={{
              label: 'Get the new one, too',
              does: 'Their old password stops working as soon as the import has come to them.',
              out: out('passwords.updateExisting=true'),
            }}
          />
        </>
      )}
      <YesNo
        name="E-mails"
        value={sendEmails}
        onChange={(value) => onChange({ sendEmails: value })}
        yes={{ label: 'Send them', does: 'New people get their e-mail with the import. It cannot be called back.' }}
        no={{
          label: 'Send none',
          does: 'Nobody hears of it now. You can send the e-mails later, from the list of people.',
          out: out('sendEmails=false'),
        }}
      />
      <div>
        <Textarea
          label="A personal text in the e-mail"
          description="Stands above the button. May stay empty."
          autosize
          minRows={2}
          maxLength={MAX_MESSAGE}
          disabled={noMessage !== null}
          value={message ?? ''}
          onChange={(event) => onChange({ message: event.currentTarget.value || null })}
        />
        {noMessage && <p className={classes.why}>{noMessage}</p>}
      </div>
      <Choice
        name="The e-mails go"
        value={deliverTo}
        onChange={(value) => onChange({ deliverTo: value as typeof deliverTo })}
        options={[
          { value: 'user', label: 'To each person', does: 'Each e-mail goes to the address in the file.' },
          {
            value: 'importer',
            label: 'All to me',
            does: `All of them go to ${email}, for people who read no e-mail of their own; you hand them on.`,
            out: out('deliverTo=importer'),
          },
        ]}
      />
    </>
  )
}
