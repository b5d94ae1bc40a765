import { Page } from '../../parts/page.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function Imports() {
  return (
    <Page title="Imports" sentence="Files that were imported, and what became of them.">
      <RowsSkeleton />
    </Page>
  )
}
