import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow'
import type { ImportPhase } from '../../domain/imports/states.ts'
import type { ImportRun } from '../import-state.ts'

export const searchAttributes = {
  status: defineSearchAttributeKey('MusterStatus', SearchAttributeType.KEYWORD),
  company: defineSearchAttributeKey('MusterCompany', SearchAttributeType.KEYWORD_LIST),
  template: defineSearchAttributeKey('MusterTemplate', SearchAttributeType.KEYWORD),
  rows: defineSearchAttributeKey('MusterRows', SearchAttributeType.INT),
}

/** Most companies in a search attribute and in the details. The details count the others. */
const MAX_COMPANIES = 20

const steps: [ImportPhase, string][] = [
  ['parse', 'Read the file'],
  ['validate', 'Check every row and every course title'],
  ['review', 'Wait for a confirmation'],
  ['apply', 'Create, update and enrol people'],
  ['notify', 'Send activation e-mails'],
  ['done', 'Done'],
]

/**
 * Updates what the Temporal UI shows: the current details in Markdown, and the search attributes. They contain counts,
 * statuses and names of companies, but no user. A call without a change adds no event.
 */
export function show(run: ImportRun): void {
  setCurrentDetails(details(run))
  if (!run.standing.searchAttributes) return
  const { standing, progress } = run
  const attributes = [
    { key: searchAttributes.status, value: progress.status },
    { key: searchAttributes.template, value: standing.template },
    { key: searchAttributes.rows, value: progress.records },
    ...(standing.companies.length > 0
      ? [{ key: searchAttributes.company, value: standing.companies.slice(0, MAX_COMPANIES).map(keyword) }]
      : []),
  ]
  const shown = JSON.stringify(attributes.map(({ value }) => value))
  if (shown === run.shownAttributes) return
  run.shownAttributes = shown
  upsertSearchAttributes(attributes)
}

/** Visibility stores reject keywords of more than 255 characters. */
function keyword(text: string): string {
  return text.slice(0, 255)
}

function details({ standing, progress }: ImportRun): string {
  const { companies } = standing
  const more = companies.length > MAX_COMPANIES ? ` and ${companies.length - MAX_COMPANIES} more` : ''
  const shown = companies.slice(0, MAX_COMPANIES).join(', ')
  const waiting = progress.problem ? ['', `**${progress.status}:** ${progress.problem.detail}`] : []
  return [
    `**${progress.status}** · template ${standing.template}${shown ? ` · ${shown}${more}` : ''}`,
    ...waiting,
    '',
    ...steps.filter(([phase]) => phase !== 'review' || standing.review).map((step) => line(progress, step)),
    '',
    `Records ${progress.records} · invalid ${standing.invalidRows} · written ${progress.appliedRows}`,
    `E-mails to send ${progress.emailsToSend} · sent ${progress.emailsSent} · failed ${progress.emailsFailed}`,
  ].join('\n')
}

function line(progress: ImportRun['progress'], [phase, text]: [ImportPhase, string]): string {
  const order = steps.map(([step]) => step)
  const at = order.indexOf(progress.phase)
  const mine = order.indexOf(phase)
  const mark = mine < at || progress.phase === 'done' ? '✓' : mine === at ? '●' : '○'
  return `- ${mark} ${text}`
}
