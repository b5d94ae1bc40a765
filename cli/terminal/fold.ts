import { displayWidth } from './text.ts'

/** Columns. A narrower last column is hard to read, so it goes below its line instead. */
const NARROWEST = 24

/** Colours, which take no columns. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const COLOURS = /\u001b\[[\d;]*m/g

/** Sequences that move the cursor. Text with one is already laid out for the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
const MOVES = /\r|\u001b(?!\[[\d;]*m)/

/**
 * Folds text for a terminal of `width` columns. A line that is too long continues on the next line. The last column of
 * a table continues below its own start. Commands, URLs and JSON stay whole, so that they can be copied.
 */
export function fold(text: string, width: number): string {
  if (MOVES.test(text) || /^[[{]/.test(text)) return text
  return text
    .split('\n')
    .flatMap((line) => (widthOf(line) > width ? foldLine(line, width) : [line]))
    .join('\n')
}

const widthOf = (text: string): number => displayWidth(text.replace(COLOURS, ''))

/** Folds one line. Two or more spaces separate the cells of a table. */
function foldLine(line: string, width: number): string[] {
  const indent = line.search(/\S/)
  const cells = line.trimStart().split(/(?<=\S) {2,}(?=\S)/)
  const last = cells.at(-1) ?? ''
  const start = widthOf(line) - widthOf(last)
  if (cells.length > 1 && width - start >= NARROWEST) {
    const [first = '', ...more] = wrapWords(last, width - start)
    return [line.slice(0, line.length - last.length) + first, ...more.map((part) => ' '.repeat(start) + part)]
  }
  if (cells.length > 1) return stack(line, indent, width)
  // A line at the left edge is prose. A deeply indented line continues the line above.
  const further = indent > 0 && indent <= 8 ? 2 : 0
  return hang(wrapWords(last, width - indent - further), indent, further)
}

/** Keeps the cells that fit in their columns, and puts the others below them with more indentation. */
function stack(line: string, indent: number, width: number): string[] {
  // A column ends two spaces before the next one, even in a row whose own cell is shorter.
  const ends = [...line.matchAll(/(?<=\S) {2,}(?=\S)/g)].map(({ index, 0: gap }) => index + gap.length - 2)
  const fitting = ends.filter((end) => widthOf(line.slice(0, end)) <= width)
  const end = fitting.at(-1) ?? ends[0] ?? line.length
  const first = line.slice(0, end).trimEnd()
  const below = line.slice(end).trim()
  const whole = first.startsWith('muster ') || widthOf(first) <= width
  const lines = whole ? [first] : hang(wrapWords(first.trim(), width - indent - 4), indent, 4)
  const rest = `${' '.repeat(indent + 4)}${below}`
  return [...lines, ...(widthOf(rest) > width ? foldLine(rest, width) : [rest])]
}

function hang([first = '', ...more]: readonly string[], indent: number, further: number): string[] {
  return [' '.repeat(indent) + first, ...more.map((part) => ' '.repeat(indent + further) + part)]
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of wordsOf(text)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** Treats a command at the end of a sentence as one word. */
function wordsOf(text: string): string[] {
  const at = text.search(/(?<=: )muster \w/)
  return at < 0 ? text.split(' ') : [...text.slice(0, at).trimEnd().split(' '), text.slice(at)]
}
