import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function Person() {
  return (
    <Page title="Person" sentence="One person, and what happened to them." back={{ to: '/people', name: 'People' }}>
      <RowsSkeleton />
    </Page>
  )
}
