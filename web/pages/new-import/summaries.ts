import type { Preview, Template } from '../../api/schema.ts'
import { plural } from '../../parts/page/format.ts'
import type { FullOptions } from './choices/options.ts'

/** `people-march.xlsx · 1,204 people · UTF-8, comma` */
export function fileLine({ file, records }: Preview): string {
  const of = file.sheets && file.sheets.length > 1 ? `, one of ${file.sheets.length}` : ''
  const sheet = file.sheet && `sheet “${file.sheet}”${of}`
  const read = [encodingName(file.encoding), delimiterName(file.delimiter), sheet]
  return [file.name, plural(records, 'person', 'people'), read.filter(Boolean).join(', ')].filter(Boolean).join(' · ')
}

/** `9 matched · 2 not imported` */
export function columnsLine({ columns, mappingSource }: Preview, template: Template): string {
  const matched = columns.filter(({ field }) => field !== null).length
  const rest = columns.length - matched
  if (template.headers !== 'matched' || mappingSource === 'template') {
    return `${plural(matched, 'column', 'columns')}, exactly those of the template ${template.name}: nothing to match`
  }
  return `${matched} matched${rest > 0 ? ` · ${rest} not imported` : ''}`
}

/** `update who is there · send e-mails · accept rows without errors` */
export function choicesLine({
  mode,
  existing,
  sendEmails,
  groups,
  enrol,
  permissionSet,
  invalidRows,
}: FullOptions): string {
  const courses = Object.values(enrol ?? {}).flat().length
  return [
    mode === 'invite' ? 'invite new people' : 'create new people',
    existing === 'update' ? 'update who is there' : 'leave who is there',
    sendEmails ? 'send e-mails' : 'no e-mails',
    groups.length > 0 && plural(groups.length, 'group', 'groups'),
    courses > 0 && 'courses for everybody',
    permissionSet !== null && 'a permission set',
    invalidRows === 'reject' && 'refuse the file when a row has errors',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How a delimiter is called; most of them are hard to see. */
export function delimiterName(delimiter: string | null | undefined): string | null {
  const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }
  return delimiter ? (names[delimiter] ?? delimiter) : null
}

/** `utf-8` is UTF-8 to people, and `windows-1252` Windows-1252. */
function encodingName(encoding: string | null | undefined): string | undefined {
  return encoding?.replace(/^utf/, 'UTF').replace(/^windows/, 'Windows')
}
