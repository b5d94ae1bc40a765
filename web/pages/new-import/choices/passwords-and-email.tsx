import { Textarea } from '@mantine/core'
import { optionMeanings } from '../../../../domain/imports/option-meanings.ts'
import { MAX_MESSAGE } from '../../../../domain/imports/options.ts'
import { MIN_PASSWORD } from '../../../../domain/passwords/password.ts'
import { useCompanies } from '../../../parts/forms/choices.ts'
import { NewPassword } from '../../../parts/forms/new-password.tsx'
import { Choice, YesNo } from './choice.tsx'
import type { ChoiceGroup } from './choice-group.ts'
import classes from './choices.module.css'
import { ruledOut } from './rules.ts'

const passwordMeanings = optionMeanings['passwords.set'].values

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
            does: optionMeanings.mode.values.create,
          },
          {
            value: 'invite',
            label: 'Are invited',
            does: optionMeanings.mode.values.invite,
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
            does: passwordMeanings.activation,
          },
          {
            value: 'generate',
            label: 'Made for each',
            does: passwordMeanings.generate,
            out: out('passwords.set=generate'),
          },
          {
            value: 'default',
            label: 'One for all',
            does: passwordMeanings.default,
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
            yes={{ label: 'They choose a new one', does: optionMeanings['passwords.forceReset'].values.true }}
            no={{ label: 'They may keep it', does: optionMeanings['passwords.forceReset'].values.false }}
          />
          <YesNo
            name="People already there"
            value={passwords.updateExisting}
            onChange={(updateExisting) => onChange({ passwords: { ...passwords, updateExisting } })}
            no={{ label: 'Keep their password', does: optionMeanings['passwords.updateExisting'].values.false }}
            yes={{
              label: 'Get the new one, too',
              does: optionMeanings['passwords.updateExisting'].values.true,
              out: out('passwords.updateExisting=true'),
            }}
          />
        </>
      )}
      <YesNo
        name="E-mails"
        value={sendEmails}
        onChange={(value) => onChange({ sendEmails: value })}
        yes={{ label: 'Send them', does: optionMeanings.sendEmails.values.true }}
        no={{
          label: 'Send none',
          does: optionMeanings.sendEmails.values.false,
          out: out('sendEmails=false'),
        }}
      />
      <div>
        <Textarea
          label="A personal text in the e-mail"
          description={optionMeanings.message.meaning}
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
          { value: 'user', label: 'To each person', does: optionMeanings.deliverTo.values.user },
          {
            value: 'importer',
            label: 'All to me',
            does: `${optionMeanings.deliverTo.values.importer} Your address is ${email}.`,
            out: out('deliverTo=importer'),
          },
        ]}
      />
    </>
  )
}
