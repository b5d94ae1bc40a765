import { Link } from 'wouter'
import type { Import } from '../../../api/schema.ts'
import { PlanCounts, PlanLine, type PlanList, planLists } from '../../../parts/imports/plan-counts.tsx'
import { PlanPeople } from '../../../parts/imports/plan-people.tsx'
import { useFilter } from '../../../parts/lists/filters.tsx'
import { formatNumber } from '../../../parts/page/format.ts'
import notes from '../notes.module.css'
import classes from './checked-plan.module.css'

const headings: Record<PlanList, string> = {
  create: 'Who will be created',
  invite: 'Who will be invited',
  update: 'What changes, old → new',
  skip: 'Who stays as they are',
  invalid: 'The rows with errors',
  courses: 'Who is enrolled into new courses',
  emails: 'Who gets an e-mail',
}

/** What an import will do: counts first, each opens the people behind it. */
export function CheckedPlan({ data, plan }: { data: Import; plan: NonNullable<Import['plan']> }) {
  const [list] = useFilter('list')
  const open = planLists.find((one) => one === list) ?? null
  const to = (one: PlanList) => `?step=check&list=${one}`
  return (
    <>
      <PlanCounts plan={plan} current={open} to={to} />
      <p className={notes.note}>
        <PlanLine plan={plan} entry={data} to={to} />
      </p>
      {plan.invalid > 0 && (
        <p className={notes.note}>
          Rows with errors are not imported.{' '}
          <a href={data.links.errors} download>
            Download them
          </a>{' '}
          with what is wrong, mend them, and import that file.
        </p>
      )}
      <Folds plan={plan} open={open} to={to} />
      {open && (
        <section id="behind" aria-label={headings[open]}>
          {open !== 'update' && open !== 'invalid' && (
            <header className={notes.next}>
              <h3>{headings[open]}</h3>
              <Link href="?step=check">Close the list</Link>
            </header>
          )}
          <PlanPeople importId={data.id} list={open} byPress />
        </section>
      )}
    </>
  )
}

interface FoldsProps {
  plan: NonNullable<Import['plan']>
  open: PlanList | null
  to: (list: PlanList) => string
}

/** The two lists that are worth a look before anything happens, by what they tell; pressed again, they fold. */
function Folds({ plan: { update, invalid }, open, to }: FoldsProps) {
  const fold = (list: PlanList, name: string) => (
    <li>
      <Link
        href={open === list ? '?step=check' : to(list)}
        aria-expanded={open === list}
        aria-controls={open === list ? 'behind' : undefined}
      >
        {name}
      </Link>
    </li>
  )
  if (update === 0 && invalid === 0) return null
  return (
    <ul className={classes.folds}>
      {update > 0 && fold('update', `What changes for the ${update === 1 ? 'one' : formatNumber(update)} (old → new)`)}
      {invalid > 0 &&
        fold('invalid', invalid === 1 ? 'The row with errors' : `The ${formatNumber(invalid)} rows with errors`)}
    </ul>
  )
}
