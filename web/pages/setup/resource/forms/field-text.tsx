import { useCompanies, useCourses } from '../../../../parts/forms/choices.ts'
import { Time } from '../../../../parts/page/time.tsx'
import { Names } from '../names.tsx'
import classes from '../resource.module.css'
import type { Field, Values } from './field.ts'

/** The fields of one that is only looked at. */
export function FieldTexts({ fields, item }: { fields: Field[]; item: Values }) {
  return (
    <dl className={classes.details}>
      {fields
        .filter(({ shownWhen }) => shownWhen?.(item) ?? true)
        .map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              <FieldText field={field} value={item[field.name]} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

function FieldText({ field: { kind }, value }: { field: Field; value: unknown }) {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(kind)) return kind.find((choice) => choice.value === value)?.label ?? String(value)
  if (kind === 'time') return <Time at={String(value)} />
  if (kind === 'lines') return (value as string[]).join(', ') || '–'
  if (kind === 'company' || kind === 'companies') return <Companies ids={[value].flat() as string[]} />
  if (kind === 'course' || kind === 'courses') return <Courses ids={[value].flat() as string[]} />
  return String(value)
}

/** All of them, where a column of a table says how many there are beyond the first. */
function Companies({ ids }: { ids: string[] }) {
  return <Names ids={ids} of={useCompanies()} most={ids.length} />
}

function Courses({ ids }: { ids: string[] }) {
  return <Names ids={ids} of={useCourses()} most={ids.length} />
}
