import { Link } from 'wouter'
import type { Import } from '../../api/schema.ts'
import { useFilter } from '../../parts/filters.tsx'
import { PlanCounts, PlanLine, type PlanList, planLists } from '../../parts/plan-counts.tsx'
import { PlanPeople } from '../../parts/plan-people.tsx'
import notes from './notes.module.css'

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
      {open && (
        <section aria-labelledby="behind">
          <header className={notes.next}>
            <h3 id="behind">{headings[open]}</h3>
            <Link href="?step=check">Close the list</Link>
          </header>
          <PlanPeople importId={data.id} list={open} />
        </section>
      )}
    </>
  )
}
