import { Page } from '../../parts/page.tsx'
import { useAccount } from '../../session/account.ts'
import { Appearance } from '../../session/appearance.tsx'
import { SignOutButton } from '../../session/sign-out-button.tsx'

export function AccountPage() {
  const { name, email, role } = useAccount()
  const whose = role === 'platform' ? 'administrator of the platform' : 'administrator of some companies'
  return (
    <Page title="Account" sentence={`${name}, ${email}, ${whose}.`} actions={<SignOutButton />}>
      <section>
        <h2>Appearance</h2>
        <Appearance />
      </section>
    </Page>
  )
}
