import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function Import() {
  return (
    <Page title="Import" sentence="What became of one file." back={{ to: '/imports', name: 'Imports' }}>
      <RowsSkeleton />
    </Page>
  )
}
