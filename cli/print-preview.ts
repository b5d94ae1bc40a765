import type { Paint } from './io.ts'
import { problemText } from './print-problem.ts'
import { number, plain, table } from './text.ts'
import type { Problem } from './types.ts'

/** What `POST /v1/imports/preview` answers, as far as it is printed. */
export interface Preview {
  file: { name: string; format?: string; evidence?: string[] }
  headers: string[]
  cells: string[][]
  records: number
  problems: Problem[]
  seenBefore: string[]
}

/** A preview as a person wants to read it: what the file is and why, its first people, what would refuse it. */
export function previewText(preview: Preview, paint: Paint, width: number): string {
  const { file, headers, cells, records, problems, seenBefore } = preview
  const lines = [`${paint('bold', plain(file.name))}  ${records === 1 ? '1 person' : `${number(records)} people`}`]
  lines.push(...(file.evidence ?? []).map((evidence) => `  ${plain(evidence)}`))
  if (headers.length > 0) {
    const [head = '', ...rows] = table([headers, ...cells].map((row) => row.map(short)))
    lines.push('', paint('dim', head), ...rows)
    if (records > cells.length) lines.push(paint('dim', `… and ${number(records - cells.length)} more`))
  }
  if (seenBefore.length > 0) lines.push('', `This very file was imported before: ${seenBefore.join(', ')}`)
  const found = problems.map((problem) => `\n${problemText(problem, paint, width)}`)
  return `${lines.join('\n')}\n${found.join('')}`
}

/** A cell in a table: long ones would push the others off the screen. */
function short(text: string): string {
  const whole = plain(text)
  return whole.length > 24 ? `${whole.slice(0, 23)}…` : whole
}
