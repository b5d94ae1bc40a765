import type { Paint } from '../terminal/io.ts'
import { count, number, plain, quoted, shellWord, table } from '../terminal/text.ts'
import type { Problem } from '../types.ts'
import { problemText } from './print-problem.ts'

/** The printed part of the response to `POST /v1/imports/preview`. */
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
 * Formats a preview: what the file is and why, the field of each column, the first users, what would reject the file,
 * whether it was imported before, and the command that imports it in the same way.
 *
 * @param command the words of the command that imports the file as previewed, without template and columns
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

/**
 * Lists the field of each column and the source of the match. If the template defines every column, it prints no list.
 */
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

/** Lists the first users as they will be read. If the columns are not matched yet, it lists the cells as written. */
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

/** Makes a table with a column for each field that at least one user has. */
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

/** Returns the next command to run, with a placeholder for each missing value. */
function nextLines(preview: Preview, command: readonly string[], width: number): string[] {
  const { template, mapping, mappingSource, missing, headers, columns, problems } = preview
  if (template === null || headers.length === 0) return []
  const matched = mappingSource === 'suggested' || mappingSource === 'saved' || mappingSource === 'given'
  // The command line can only fix missing columns, and only with columns whose header is unique.
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

/**
 * Breaks words over as many lines as they need. Each line except the last ends with the shell's continuation character.
 */
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

/** Shortens a cell of a table. A long cell would push the others off the screen. */
function short(text: string): string {
  const whole = plain(text)
  return whole.length > 24 ? `${whole.slice(0, 23)}…` : whole
}
