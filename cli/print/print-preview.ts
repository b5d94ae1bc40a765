import type { Paint } from '../terminal/io.ts'
import { count, number, plain, quoted, shellWord, table } from '../terminal/text.ts'
import type { Problem } from '../types.ts'
import { problemText } from './print-problem.ts'

/** What `POST /v1/imports/preview` answers, as far as it is printed. */
export interface Preview {
  file: { name: string; evidence?: string[] }
  template: string | null
  headers: string[]
  cells: string[][]
  mapping: Record<string, string>
  mappingSource: string | null
  columns: { header: string; field: string | null; source: string | null; samples: string[] }[]
  missing: string[]
  people: Record<string, unknown>[]
  records: number
  problems: Problem[]
  earlier: { id: string; status: string; startedBy: string; createdAt: string }[]
}

/**
 * A preview as a person wants to read it: what the file is and why, which column is taken for what, its first people,
 * what would refuse it, whether it was imported before, and the command that imports it so.
 *
 * @param command words of the command that imports the file as it was previewed, but for template and columns
 */
export function previewText(preview: Preview, command: readonly string[], paint: Paint, width: number): string {
  const { file, records, problems, template } = preview
  const head = [`${paint('bold', plain(file.name))}  ${count(records, 'person', 'people')}`]
  if (template !== null) head.push(`  template ${plain(template)}`)
  head.push(...(file.evidence ?? []).map((evidence) => `  ${plain(evidence)}`))
  const blocks = [
    head,
    columnLines(preview, paint),
    peopleLines(preview, paint),
    problems.flatMap((problem, i) => [...(i > 0 ? [''] : []), problemText(problem, paint, width).trimEnd()]),
    earlierLines(preview),
    nextLines(preview, command, width),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const sources: Record<string, string> = {
  given: 'as you said',
  saved: 'as saved for the company',
  template: 'header of the template',
  header: 'suggested by its header',
  cells: 'suggested by its cells',
}

/** Which column is which field, and who says so. Where the template says it of every column there is nothing to tell. */
function columnLines({ columns, mappingSource, missing, problems }: Preview, paint: Paint): string[] {
  const told = problems.some(({ headers }) => Array.isArray(headers))
  const plainly = mappingSource === 'template' && columns.every(({ field }) => field !== null)
  if (columns.length === 0 || told || plainly) return []
  const twice = (header: string) => columns.filter((column) => column.header === header).length > 1
  const [head = '', ...rows] = table([
    ['Column', 'Field', '', 'For example'],
    ...columns.map(({ header, field, source, samples }) => [
      short(header),
      field === null ? '(not imported)' : plain(field),
      twice(header) ? 'stands twice' : (sources[source ?? ''] ?? plain(source ?? '')),
      samples.map(short).join(', '),
    ]),
  ])
  const needed = missing.map((field) => `No column is known for ${plain(field)}, which is required.`)
  return [paint('dim', head), ...rows, ...needed]
}

/** The first people as they will be read; as they are written where nobody knows yet which column is what. */
function peopleLines({ people, headers, cells, records }: Preview, paint: Paint): string[] {
  const rows = people.length > 0 ? asRead(people) : headers.length > 0 ? [headers, ...cells] : []
  if (rows.length === 0) return []
  const [head = '', ...lines] = table(rows.map((row) => row.map(short)))
  const more = records - (rows.length - 1)
  const errors = people.flatMap(errorLines)
  return [
    paint('dim', head),
    ...lines,
    ...(more > 0 ? [paint('dim', `… and ${number(more)} more`)] : []),
    ...(errors.length > 0 ? ['', 'Rows with errors among these:', ...table(errors).map((line) => `  ${line}`)] : []),
  ]
}

/** A column for each field that any of them has. */
function asRead(people: readonly Record<string, unknown>[]): string[][] {
  const flat = people.map(({ errors: _, custom, ...person }) => ({
    ...person,
    ...Object.fromEntries(Object.entries(custom ?? {}).map(([key, value]) => [`custom.${key}`, value])),
  }))
  const texts = flat.map((person) => new Map(Object.entries(person).map(([key, value]) => [key, cellText(value)])))
  const keys = [...new Set(texts.flatMap((person) => [...person.keys()]))]
  const used = keys.filter((key) => texts.some((person) => (person.get(key) ?? '') !== ''))
  return [used, ...texts.map((person) => used.map((key) => person.get(key) ?? ''))]
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(String).join(' / ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

function errorLines({ row, errors }: Record<string, unknown>): string[][] {
  if (!Array.isArray(errors)) return []
  return errors.map(({ column, message, value }: { column?: string; message?: string; value?: string }) => [
    `row ${row}`,
    plain(column ?? ''),
    typeof value === 'string' ? quoted(value) : '',
    plain(message ?? ''),
  ])
}

function earlierLines({ earlier }: Preview): string[] {
  if (earlier.length === 0) return []
  const lines = earlier.map(({ id, status, startedBy, createdAt }) => [
    `${createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    status,
    `by ${plain(startedBy)}`,
    id,
  ])
  return ['This very file was imported before:', ...table(lines).map((line) => `  ${line}`)]
}

/** The command to go on with; where something is missing, with a place to fill in. */
function nextLines(preview: Preview, command: readonly string[], width: number): string[] {
  const { template, mapping, mappingSource, missing, headers, columns, problems } = preview
  if (template === null || headers.length === 0) return []
  const matched = mappingSource === 'suggested' || mappingSource === 'saved' || mappingSource === 'given'
  // Nothing but missing columns can be mended on the command line, and only with columns that can be named.
  const usable = columns.some(
    ({ header, field }) => field === null && headers.indexOf(header) === headers.lastIndexOf(header),
  )
  if (missing.length > 0 && !usable) return []
  if (problems.some(({ code }) => code !== 'invalid-mapping') || (problems.length > 0 && missing.length === 0))
    return []
  const maps = matched
    ? [...Object.entries(mapping), ...missing.map((field) => [field, '…'])].map(
        ([field, header]) => `--map ${shellWord(`${field}=${header}`)}`,
      )
    : []
  const words = [...command.map(shellWord), ...(template === 'onboarding' ? [] : [`--template ${shellWord(template)}`])]
  const lead = missing.length > 0 ? 'Say which column is what is missing, then import it so:' : 'To import it so:'
  return [lead, ...broken([words.join(' '), ...maps], width)]
}

/** Words over as many lines as they need, each but the last with the shell's sign that it goes on. */
function broken(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line !== undefined && lines.length > 1 && line.length + word.length < Math.min(width, 100) - 4)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(lines.length === 0 ? `  ${word}` : `    ${word}`)
  }
  return lines.map((line, i) => (i < lines.length - 1 ? `${line} \\` : line))
}

/** A cell in a table: long ones would push the others off the screen. */
function short(text: string): string {
  const whole = plain(text)
  return whole.length > 24 ? `${whole.slice(0, 23)}…` : whole
}
