import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { TemplateList, useTemplates } from '../../parts/imports/template-list.tsx'
import { ImportIcon } from '../../parts/page/icons.tsx'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { EmptyState } from '../../parts/states/states-of-a-page.tsx'

/** Before the first import: what one does, and the files to begin with. */
export function NoImports() {
  if (useTemplates().isPending) return <RowsSkeleton />
  return (
    <EmptyState sentence="An import turns a spreadsheet of people into accounts, courses and e-mails, and says of each row what became of it. Take your own list, or begin with one of these:">
      <TemplateList />
      <Button component={Link} href="/import" leftSection={<ImportIcon />}>
        Import people
      </Button>
    </EmptyState>
  )
}
