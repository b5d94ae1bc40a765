/** The flags that override how the file is read. */
export const readingFlags = {
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  sheet: { type: 'string' },
} as const

export const readingHelp = `      --encoding NAME      utf-8, utf-16le, utf-16be or windows-1252, instead of what is detected
      --delimiter NAME     comma, semicolon, tab or pipe, instead of what is detected
      --sheet NAME         a sheet of a workbook, instead of the first with data`

type Values = Partial<Record<keyof typeof readingFlags, string | undefined>>

/** Returns the flags as fields of a form. The API checks their values. */
export function readingFields({ encoding, delimiter, sheet }: Values): Record<string, string> {
  return { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}), ...(sheet ? { sheet } : {}) }
}
