import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { ImportIcon } from '../../parts/icons.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'
import { EmptyState } from '../../parts/states-of-a-page.tsx'
import { TemplateList, useTemplates } from '../../parts/template-list.tsx'

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
