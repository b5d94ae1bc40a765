import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from '../page/page.module.css'

/** Grey lines as high as the rows that will take their place, so that nothing moves when they come. */
export function RowsSkeleton({ rows = 8, height = 56 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={index} height={height - 12} mb={12} radius="md" />
      ))}
    </div>
  )
}

/** A page before it is known. It has a heading as every page has, for those who find their way by headings. */
export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">Loading</VisuallyHidden>
      <Skeleton height={34} width="12rem" radius="md" />
      <RowsSkeleton />
    </div>
  )
}
