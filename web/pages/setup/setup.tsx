import { Redirect, useLocation } from 'wouter'
import { Page } from '../../parts/page/page.tsx'
import { NoPermission } from '../../parts/states/states-of-a-page.tsx'
import { useAccount } from '../../session/account.ts'
import { emails } from './emails/about.ts'
import { Emails } from './emails/emails.tsx'
import { resources } from './groups.ts'
import { Overview } from './overview.tsx'
import { ResourcePage } from './resource/resource-page.tsx'

/** Everything below /setup: the overview, and a page for each kind with the one that is open. */
export function SetUp() {
  const [path] = useLocation()
  const [part = '', open] = path.split('/').slice(2)
  const { role } = useAccount()
  if (part === '') return <Overview />
  if (part === emails.part) return <Emails />
  const resource = resources.find((one) => one.part === part)
  if (!resource) return <Redirect to="/setup" replace />
  if (resource.hiddenFrom === role) {
    return (
      <Page title={resource.title} sentence={resource.sentence} back={{ to: '/setup', name: 'Set up' }}>
        <NoPermission detail="Administrators of the platform say who may sign in. Ask one of them." />
      </Page>
    )
  }
  return <ResourcePage key={part} resource={resource} open={open} />
}
