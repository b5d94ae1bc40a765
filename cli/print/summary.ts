import type { Paint, Style } from '../terminal/io.ts'
import { count, duration, number, padStart, plain, quoted, shellWord, table } from '../terminal/text.ts'
import {
  type Counts,
  hasPlan,
  type Import,
  type ImportRow,
  invalidCount,
  type Plan,
  type UnmatchedTitle,
} from '../types.ts'
import { problemText } from './print-problem.ts'
import { progressText, stepOf } from './progress.ts'

export interface SummaryContext {
  paint: Paint
  /** Columns of the terminal. */
  width: number
  /** URL of the API, to complete relative links. */
  api: string
  /** The first rows with errors, if there are any. */
  invalidRows?: readonly ImportRow[]
  /** Lines of the plan, if there is one to show. */
  planned?: readonly string[]
}

/** Formats the status or outcome of an import, what it did, and what to do next. */
export function summaryText(found: Import, context: SummaryContext): string {
  const blocks = [
    headline(found, context.paint),
    found.problem ? problemText(found.problem, context.paint, context.width).trimEnd() : '',
    figures(found),
    (context.planned ?? []).join('\n'),
    invalidLines(found, context.invalidRows ?? []),
    nextLines(found),
    linkLines(found, context.api),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

const marks: Record<string, [Style, string]> = {
  completed: ['green', '✓ Completed'],
  rejected: ['red', '✗ Refused: nothing was written'],
  cancelled: ['yellow', '- Cancelled: what was done stays'],
  failed: ['red', '✗ Failed'],
  paused: ['yellow', '! Paused: waits for you'],
  review: ['yellow', '! Checked: waits for your confirmation'],
}

function headline(found: Import, paint: Paint): string {
  const [style, words] = marks[found.status] ?? ['bold', `… ${stepOf(found).label}`]
  const dryRun = found.options.dryRun === true && found.status === 'completed'
  const withErrors = found.status === 'completed' && (found.counts.invalid > 0 || found.counts.emails.failed > 0)
  const state = dryRun ? '✓ Checked: nothing was written (dry run)' : withErrors ? '! Completed, with errors' : words
  const took = tookText(found)
  return `${paint(withErrors ? 'yellow' : style, state)}  ${plain(found.file.name)}, ${count(found.counts.records, 'row')}${took}`
}

function tookText({ startedAt, createdAt, finishedAt }: Import): string {
  const took = finishedAt === null ? Number.NaN : Date.parse(finishedAt) - Date.parse(startedAt ?? createdAt)
  return Number.isNaN(took) ? '' : `, in ${duration(took)}`
}

function figures(found: Import): string {
  if (found.status === 'rejected' || found.counts.records === 0) return ''
  if (hasPlan(found) && found.plan !== null) return column(planFigures(found.plan))
  if (['received', 'parsing', 'validating', 'review'].includes(found.status)) return progressText(stepOf(found), null)
  return column(countFigures(found.counts))
}

function planFigures(plan: Plan): [string, number][] {
  const people: [string, number][] = [['will be created', plan.create]]
  if (plan.invite > 0) people.push(['will be invited', plan.invite])
  people.push(['will change', plan.update], ['stay as they are', plan.skip], ['course assignments', plan.assignments])
  return [...people, ['rows with errors', plan.invalid], ['e-mails', plan.emails]]
}

function countFigures(counts: Counts): [string, number][] {
  const people: [string, number][] = [['created', counts.created]]
  if (counts.invited > 0) people.push(['invited', counts.invited])
  people.push(['updated', counts.updated], ['skipped', counts.skipped], ['course assignments', counts.assignments])
  const { queued, sent, failed } = counts.emails
  const mails: [string, number][] = [['e-mails sent', sent]]
  if (queued > 0) mails.push(['e-mails waiting', queued])
  return [...people, ['rows with errors', counts.invalid], ...mails, ['e-mails failed', failed]]
}

function column(figures: readonly [string, number][]): string {
  const values = figures.map(([, value]) => number(value))
  const width = Math.max(...values.map((value) => value.length))
  return figures.map(([label], i) => `  ${padStart(values[i] ?? '', width)}  ${label}`).join('\n')
}

/** Returns the errors of these rows as the cells of a table. */
export function invalidCells(rows: readonly ImportRow[]): string[][] {
  return rows.flatMap(({ row, errors }) =>
    errors.map(({ column: name, message, value }) => [
      `row ${row}`,
      plain(name ?? ''),
      value === null ? '' : quoted(value),
      plain(message),
    ]),
  )
}

function invalidLines(found: Import, rows: readonly ImportRow[]): string {
  const cells = invalidCells(rows)
  if (cells.length === 0) return ''
  const all = invalidCount(found)
  const more = all > rows.length ? [`… and ${count(all - rows.length, 'row')} more`] : []
  return ['Rows with errors:', ...[...table(cells), ...more].map((line) => `  ${line}`)].join('\n')
}

function nextLines(found: Import): string {
  const { id, status, options } = found
  const commands: [string, string][] = hasPlan(found) ? [[`muster plan ${id}`, 'what would happen to each person']] : []
  if (status === 'review') commands.push([`muster confirm ${id}`, 'go on'], [`muster cancel ${id}`, 'leave it'])
  else if (status === 'paused')
    commands.push([`muster resume ${id}`, 'go on where it stopped'], [`muster cancel ${id}`, 'give up'])
  else if (status === 'completed' || status === 'cancelled') {
    const written = options.dryRun !== true
    if (written) commands.push([`muster result ${id} --csv -o .`, 'who was created, updated, skipped'])
  } else if (status === 'rejected') commands.push(...repair(found))
  else if (status !== 'failed') commands.push([`muster status ${id} --watch`, 'follow it'])
  if (invalidCount(found) > 0 && status !== 'paused')
    commands.push([`muster errors ${id} -o .`, 'the rows with errors, to correct'])
  return commands.length === 0 ? '' : table(commands).join('\n')
}

/** Lists the commands that fix the problem without another upload. */
function repair({ id, problem }: Import): [string, string][] {
  const again: [string, string] = [`muster revalidate ${id} --watch`, 'check the stored file again']
  if (problem?.code === 'unmatched-titles' && Array.isArray(problem.unmatchedTitles)) {
    const [first] = problem.unmatchedTitles as UnmatchedTitle[]
    const title = shellWord(first?.title ?? 'TITLE')
    const company = shellWord(first?.company ?? 'NAME')
    const course = shellWord(first?.suggestions[0] ?? 'COURSE')
    return [[`muster alias ${id} ${title} --company ${company} --course ${course}`, 'teach what a title means'], again]
  }
  return ['enrol-not-available', 'invalid-rows'].includes(problem?.code ?? '') ? [again] : []
}

/** Lists the links that are useful in a browser. Those of the import itself and of its events are for programs. */
function linkLines(found: Import, api: string): string {
  const links = Object.entries(found.links ?? {}).flatMap(([name, link]) => {
    if (typeof link !== 'string' || !/result|error|console|temporal/i.test(name)) return []
    if (/error/i.test(name) && found.counts.invalid === 0) return []
    return [[name, plain(URL.canParse(link) ? link : `${api}${link}`)]]
  })
  return table([['id', found.id], ...links]).join('\n')
}
