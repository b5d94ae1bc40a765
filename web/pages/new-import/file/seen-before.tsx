import { Link } from 'wouter'
import type { Preview } from '../../../api/schema.ts'
import { WarningIcon } from '../../../parts/page/icons.tsx'
import { Time } from '../../../parts/page/time.tsx'
import { importStates } from '../../../parts/states/states.ts'
import classes from '../notes.module.css'

/** Imports of the same file that are told; the others stand in the list of imports. */
const SHOWN = 3

/** Says when and by whom this very file was imported. `own`: the import of this draft. */
export function SeenBefore({ earlier, own }: { earlier: Preview['earlier']; own: string | null }) {
  const others = earlier.filter(({ id, status }) => id !== own && status !== 'cancelled').slice(0, SHOWN)
  if (others.length === 0) return null
  return (
    <section className={classes.warning} aria-label="Seen before">
      <WarningIcon />
      <div>
        <strong>This very file has been here before.</strong>
        <ul>
          {others.map(({ id, status, startedBy, createdAt }) => (
            <li key={id}>
              <Link href={`/imports/${id}`}>
                <Time at={createdAt} />, by {startedBy}
              </Link>
              : {importStates[status].label}
            </li>
          ))}
        </ul>
        Importing it again creates nobody twice.
      </div>
    </section>
  )
}
