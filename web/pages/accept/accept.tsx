import { Door } from '../../parts/door.tsx'
import { RowsSkeleton } from '../../parts/skeletons.tsx'

export function Accept() {
  return (
    <Door title="Invitation">
      <RowsSkeleton rows={3} />
    </Door>
  )
}
