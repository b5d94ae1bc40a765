import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function People() {
  return (
    <Page title="People" sentence="Everybody who has an account or an invitation.">
      <RowsSkeleton />
    </Page>
  )
}
