import { Door } from '../../parts/door.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function Reset() {
  return (
    <Door title="New password">
      <RowsSkeleton rows={3} />
    </Door>
  )
}
