import { useCompanies } from '../../parts/forms/choices.ts'
import { formatNumber } from '../../parts/page/format.ts'
import { Page } from '../../parts/page/page.tsx'
import { useAccount } from '../../session/account.ts'
import { Appearance } from '../../session/appearance.tsx'
import { SignOutButton } from '../../session/sign-out-button.tsx'
import classes from './account.module.css'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactor } from './second-factor.tsx'

/** What people do with their own account. Other administrators and API keys stand under Set up. */
export function AccountPage() {
  const { email, companies } = useAccount()
  return (
    <Page
      title="Account"
      sentence={
        <>
          {email}, administrator of {companies === null ? 'the platform' : <OwnCompanies ids={companies} />}.
        </>
      }
      actions={<SignOutButton />}
    >
      <section className={classes.part} aria-labelledby="name">
        <h2 id="name">Name</h2>
        <NameForm />
      </section>
      <section className={classes.part} aria-labelledby="password">
        <h2 id="password">Password</h2>
        <PasswordForm />
      </section>
      <section className={classes.part} aria-labelledby="second-factor">
        <h2 id="second-factor">Second factor</h2>
        <SecondFactor />
      </section>
      <section className={classes.part} aria-labelledby="appearance">
        <h2 id="appearance">Appearance</h2>
        <Appearance />
      </section>
    </Page>
  )
}

const list = new Intl.ListFormat('en-GB')

/** Companies that are named; an administrator may have hundreds. */
const NAMED = 12

/** By name: nothing else says to an administrator of companies whose people they see. */
function OwnCompanies({ ids }: { ids: string[] }) {
  const known = useCompanies()
  if (known.length === 0) return 'some companies'
  const names = known.filter(({ value }) => ids.includes(value)).map(({ label }) => label)
  const more = names.length - NAMED
  return list.format(more > 0 ? [...names.slice(0, NAMED), `${formatNumber(more)} more`] : names)
}
