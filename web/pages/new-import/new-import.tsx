import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function NewImport() {
  return (
    <Page title="New import" sentence="Bring people in from a spreadsheet." withoutImport>
      <RowsSkeleton />
    </Page>
  )
}
