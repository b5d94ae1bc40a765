import { Link } from 'wouter'
import type { Import } from '../../api/schema.ts'
import { Count, Counts } from '../lists/count.tsx'
import { formatNumber, plural } from '../page/format.ts'

type Plan = NonNullable<Import['plan']>
/** The lists of a plan that can be opened, as they stand in the address: one an action, and two by what people get. */
export const planLists = ['create', 'invite', 'update', 'skip', 'invalid', 'courses', 'emails'] as const
export type PlanList = (typeof planLists)[number]

/** What each list holds. */
export const planNames: Record<PlanList, string> = {
  create: 'Will be created',
  invite: 'Will be invited',
  update: 'Will change',
  skip: 'Stay as they are',
  invalid: 'Have errors',
  courses: 'New courses',
  emails: 'Get an e-mail',
}

interface Props {
  plan: Plan
  /** The address of the list of those whom something will happen to. */
  to: (action: PlanList) => string
  /** The list that is open. */
  current?: PlanList | null
}

/** How many people will be created, changed and left alone, before it happens; each count opens its list. */
export function PlanCounts({ plan, to, current = null }: Props) {
  const count = (action: PlanList, value: number, name: string, tone?: 'done' | 'running' | 'refused') => (
    <Count value={value} name={name} to={to(action)} current={current === action} {...(tone ? { tone } : {})} />
  )
  return (
    <Counts>
      {(plan.create > 0 || plan.invite === 0) && count('create', plan.create, planNames.create, 'done')}
      {plan.invite > 0 && count('invite', plan.invite, planNames.invite, 'done')}
      {count('update', plan.update, planNames.update, 'running')}
      {count('skip', plan.skip, planNames.skip)}
      {count('invalid', plan.invalid, plan.invalid === 1 ? 'Has errors' : planNames.invalid, 'refused')}
    </Counts>
  )
}

interface LineProps extends Pick<Props, 'plan' | 'to'> {
  entry: Pick<Import, 'options' | 'linkHours'>
}

/** `3,412 course assignments · 1,180 activation e-mails, links live 48 h`; each number leads to those whom it counts. */
export function PlanLine({ plan: { assignments, emails }, entry, to }: LineProps) {
  const courses = plural(assignments, 'course assignment', 'course assignments')
  return (
    <>
      {assignments > 0 ? <Link href={to('courses')}>{courses}</Link> : courses} ·{' '}
      {emails > 0 ? <Link href={to('emails')}>{emailsOf(emails, entry)}</Link> : 'no e-mails'}
      {emails > 0 && carriesLink(entry) && `, links live ${formatNumber(entry.linkHours)} h`}
    </>
  )
}

/** Whoever is given a password gets no link. */
const carriesLink = ({ options }: LineProps['entry']) =>
  options.mode === 'invite' || options.passwords.set === 'activation'

function emailsOf(emails: number, entry: LineProps['entry']): string {
  const kind = entry.options.mode === 'invite' ? 'invitation ' : carriesLink(entry) ? 'activation ' : ''
  return plural(emails, `${kind}e-mail`, `${kind}e-mails`)
}
