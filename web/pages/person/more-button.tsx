import { Button } from '@mantine/core'

interface Props {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** Reads what came earlier; nothing when all is there. */
export function MoreButton({ list: { hasNextPage, isFetchingNextPage, fetchNextPage } }: Props) {
  if (!hasNextPage) return null
  return (
    <Button variant="default" onClick={() => fetchNextPage()} loading={isFetchingNextPage}>
      Show earlier ones
    </Button>
  )
}
