/** Characters that control a terminal or reverse the writing direction. A cell of a file must do neither. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu
const INVISIBLE = /[\p{M}\p{Cf}]/gu
/** East Asian wide and full-width forms, and emoji. Each takes two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Makes text from a file or a server safe to print: control characters become `\u{1b}`. */
export function plain(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

/** Quotes text on one line, so that white space at its ends is visible. */
export function quoted(text: string): string {
  return `"${plain(text)}"`
}

/** Quotes a word for a POSIX shell, so that it can be copied from the screen. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${plain(word).replaceAll("'", "'\\''")}'`
}

/** Returns the number of columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text.replace(INVISIBLE, '')) width += WIDE.test(character) ? 2 : 1
  return width
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** Aligns rows of cells in columns, two spaces apart. No cell is cut off. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell))
    })
  }
  return rows.map((row) =>
    row
      .map((cell, i) => padEnd(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Breaks text at spaces into lines of at most `width` columns. A longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text.replace(/\s+/g, ' ').trim()).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 1204 → `1,204` */
export function number(value: number): string {
  return numbers.format(value)
}

/** `1 row`, `1,204 rows`. If the plural is not the singular with an s, pass it too. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`
}

/** Formats bytes for a human: `812 bytes`, `12.3 MB`. */
export function bytes(size: number): string {
  if (size < 1_000) return count(size, 'byte')
  const [unit, value] = size < 1_000_000 ? ['kB', size / 1_000] : ['MB', size / 1_000_000]
  return `${value < 10 ? value.toFixed(1) : number(value)} ${unit}`
}

/** Formats a duration given in milliseconds: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  if (ms < 950) return `${(Math.max(ms, 0) / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
  const minutes = Math.floor(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
