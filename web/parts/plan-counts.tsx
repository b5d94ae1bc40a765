import type { Import, PlanRow } from '../api/schema.ts'
import { Count, Counts } from './count.tsx'
import { formatNumber, plural } from './format.ts'

type Plan = NonNullable<Import['plan']>
export type PlanAction = PlanRow['action']

interface Props {
  plan: Plan
  /** The address of the list of those whom something will happen to. */
  to: (action: PlanAction) => string
  /** The list that is open. */
  current?: PlanAction | null
}

/** How many people will be created, changed and left alone, before it happens; each count opens its list. */
export function PlanCounts({ plan, to, current = null }: Props) {
  const count = (action: PlanAction, value: number, name: string, tone?: 'done' | 'running' | 'refused') => (
    <Count value={value} name={name} to={to(action)} current={current === action} {...(tone ? { tone } : {})} />
  )
  return (
    <Counts>
      {(plan.create > 0 || plan.invite === 0) && count('create', plan.create, 'Will be created', 'done')}
      {plan.invite > 0 && count('invite', plan.invite, 'Will be invited', 'done')}
      {count('update', plan.update, 'Will change', 'running')}
      {count('skip', plan.skip, 'Stay as they are')}
      {count('invalid', plan.invalid, plan.invalid === 1 ? 'Has errors' : 'Have errors', 'refused')}
    </Counts>
  )
}

/** `3,412 course assignments · 1,180 activation e-mails, links live 48 h` */
export function planSentence({ assignments, emails }: Plan, entry: Pick<Import, 'options' | 'linkHours'>): string {
  const courses = plural(assignments, 'course assignment', 'course assignments')
  return `${courses} · ${emails === 0 ? 'no e-mails' : emailsSentence(emails, entry)}`
}

/** Whoever is given a password gets no link. */
function emailsSentence(emails: number, { options, linkHours }: Pick<Import, 'options' | 'linkHours'>): string {
  const links = `links live ${formatNumber(linkHours)} h`
  if (options.mode === 'invite') return `${plural(emails, 'invitation e-mail', 'invitation e-mails')}, ${links}`
  if (options.passwords.set !== 'activation') return plural(emails, 'e-mail', 'e-mails')
  return `${plural(emails, 'activation e-mail', 'activation e-mails')}, ${links}`
}

/** People whom the import will touch, as its button says: `Import 1,199 people`. */
export function importSentence({ create, invite, update }: Plan): string {
  const people = create + invite + update
  return people === 1 ? 'Import 1 person' : `Import ${formatNumber(people)} people`
}
