import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function AccountPage() {
  return (
    <Page title="Account" sentence="Your sign-in.">
      <RowsSkeleton />
    </Page>
  )
}
