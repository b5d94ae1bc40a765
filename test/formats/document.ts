import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const FORMATS = resolve(import.meta.dirname, '../../docs/contract/FORMATS.md')

/** The rules of FORMATS.md as one text, from the first section on, without markup. */
export interface FormatsText {
  text: string
  /** Returns the number of the line in FORMATS.md from which the text at `offset` comes. */
  lineAt(offset: number): number
}

/** A heading of a template contains a rule ("CSV or XLSX"). Headings of sections and of table columns do not. */
export function readFormats(): FormatsText {
  const lines = readFileSync(FORMATS, 'utf8').split('\n')
  const begin = lines.indexOf('## Templates') + 1
  const starts: { offset: number; line: number }[] = []
  let text = ''
  for (const [index, line] of lines.entries()) {
    if (index < begin || /^##? /.test(line) || isTableHead(line, lines[index + 1])) continue
    const words = line
      .replace(/^(- |### )/, '')
      .replaceAll('|', ' ')
      .replace(/\s+/g, ' ')
      .trim()
    if (words === '') continue
    starts.push({ offset: text.length, line: index + 1 })
    text += `${words} `
  }
  return { text, lineAt: (offset) => starts.findLast((start) => start.offset <= offset)?.line ?? begin }
}

const isRuler = (line = '') => /^\|[-|]+\|$/.test(line)
const isTableHead = (line: string, next?: string) => isRuler(line) || isRuler(next)
