import { Link } from 'wouter'
import type { Import } from '../../api/schema.ts'
import { Time } from '../../parts/page/time.tsx'

/** Blue Harbour · started by Mira Tóth · today 14:02 */
export function TitleLine({ entry: { companies, startedBy, createdAt, parent } }: { entry: Import }) {
  const [first, ...others] = companies
  return (
    <>
      {first && `${first}${others.length > 0 ? ` and ${others.length} more` : ''} · `}
      started by {startedBy} · <Time at={createdAt} />
      {parent && (
        <>
          {' '}
          · corrects <Link href={`/imports/${parent}`}>an earlier import</Link>
        </>
      )}
    </>
  )
}
