import { Page } from '../../parts/page.tsx'
import { useAccount } from '../../session/account.ts'
import { Appearance } from '../../session/appearance.tsx'
import { SignOutButton } from '../../session/sign-out-button.tsx'
import classes from './account.module.css'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactor } from './second-factor.tsx'

/** What people do with their own account. Other administrators and API keys stand under Set up. */
export function AccountPage() {
  const { email, role } = useAccount()
  const whose = role === 'platform' ? 'administrator of the platform' : 'administrator of some companies'
  return (
    <Page title="Account" sentence={`${email}, ${whose}.`} actions={<SignOutButton />}>
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
