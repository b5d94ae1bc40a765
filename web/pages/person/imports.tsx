import { Link } from 'wouter'
import { type Item, useList } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import { FieldName } from '../../parts/forms/field-name.tsx'
import { plural } from '../../parts/page/format.ts'
import { Time } from '../../parts/page/time.tsx'
import { Value } from '../../parts/people/changes.tsx'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { MoreButton } from './more-button.tsx'
import classes from './person.module.css'

type Touch = Item<'GET /v1/users/{id}/imports'>

const outcomes: Record<Touch['outcome'], string> = {
  created: 'Created this person.',
  invited: 'Invited this person.',
  updated: 'Changed this person.',
  skipped: 'Left their values as they were.',
}

/** Which files named a person, and what each changed, latest first. */
export function Imports({ id }: { id: string }) {
  const imports = useList('GET /v1/users/{id}/imports', { path: { id } })
  return (
    <section className={classes.section}>
      <h2>Imports</h2>
      {imports.error && <ErrorState problem={problemOf(imports.error)} onRetry={() => void imports.refetch()} />}
      {imports.isPending && <RowsSkeleton rows={2} />}
      {imports.isSuccess && imports.items.length === 0 && <p className="soft">No import has named this person.</p>}
      <ul className={classes.entries}>
        {imports.items.map((touch) => (
          <Entry key={`${touch.id} ${touch.row}`} touch={touch} />
        ))}
      </ul>
      <MoreButton list={imports} />
    </section>
  )
}

function Entry({ touch: { id, file, row, outcome, startedBy, createdAt, before, courses } }: { touch: Touch }) {
  return (
    <li className={classes.entry}>
      <Link href={`/imports/${id}`}>
        <strong>{file}</strong>
      </Link>
      <span className="soft">
        row {row} · {startedBy} · <Time at={createdAt} />
      </span>
      <span>
        {outcomes[outcome]} {courses.length > 0 && `Assigned ${plural(courses.length, 'course', 'courses')}.`}
      </span>
      {before && (
        <ul className={classes.before}>
          {replaced(before).map(([field, value]) => (
            <li key={field}>
              <FieldName field={field} />: <span className="soft">it was</span> <Value field={field} value={value} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** Custom fields come as one object; each is a field of its own to people. */
function replaced({ custom, ...fields }: Record<string, unknown>): [string, unknown][] {
  const own = typeof custom === 'object' && custom !== null ? Object.entries(custom) : []
  return [...Object.entries(fields), ...own.map(([key, value]): [string, unknown] => [`custom.${key}`, value])]
}
