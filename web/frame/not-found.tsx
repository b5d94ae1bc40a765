import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Page } from '../parts/page/page.tsx'
import { EmptyState } from '../parts/states/states-of-a-page.tsx'

export function NotFound() {
  return (
    <Page title="Nothing here" sentence="This address leads to no page.">
      <EmptyState sentence="The link may be old, or a part of it got lost on the way.">
        <Button component={Link} href="/imports" variant="default">
          Go to the imports
        </Button>
      </EmptyState>
    </Page>
  )
}
