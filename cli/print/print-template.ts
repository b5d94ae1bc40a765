import type { Paint } from '../terminal/io.ts'
import { plain, table } from '../terminal/text.ts'

/** The printed part of a template of the API. */
export interface Template {
  id: string
  name: string
  purpose: string
  columns: { header: string; field: string; required: boolean; numbered: boolean; rule: string }[]
}

/** Formats the purpose of a template, and each column with its field and rule. */
export function templateText({ id, name, purpose, columns }: Template, paint: Paint): string {
  const [head = '', ...rows] = table([
    ['Column', 'Field', 'Required', 'Rule'],
    ...columns.map(({ header, field, required, numbered, rule }) => [
      plain(numbered ? `${header} 1, 2, …` : header),
      plain(numbered ? `${field} 1, 2, …` : field),
      required ? 'yes' : '',
      plain(rule),
    ]),
  ])
  const title = `${paint('bold', plain(name))} (${plain(id)}): ${plain(purpose)}`
  return `${[title, '', paint('dim', head), ...rows].join('\n')}\n`
}
