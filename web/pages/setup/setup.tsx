import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function SetUp() {
  return (
    <Page title="Set up" sentence="What imports can refer to.">
      <RowsSkeleton />
    </Page>
  )
}
