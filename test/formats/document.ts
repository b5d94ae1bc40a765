import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const FORMATS = resolve(import.meta.dirname, '../../docs/contract/FORMATS.md')

/** The rules of FORMATS.md as one text: what stands below the first section, without what only lays it out. */
export interface FormatsText {
  text: string
  /** Number of the line in FORMATS.md that a place in the text comes from. */
  lineAt(offset: number): number
}

/** Headings of templates say a rule ("CSV or XLSX"); those of sections and of the columns of tables say none. */
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
