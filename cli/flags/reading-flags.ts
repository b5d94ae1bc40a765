/** How a file is to be read, where the person knows better than detection. */
export const readingFlags = {
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  sheet: { type: 'string' },
} as const

export const readingHelp = `      --encoding NAME      utf-8, utf-16le, utf-16be or windows-1252, instead of what is detected
      --delimiter NAME     comma, semicolon, tab or pipe, instead of what is detected
      --sheet NAME         a sheet of a workbook, instead of the first with data`

type Values = Partial<Record<keyof typeof readingFlags, string | undefined>>

/** The same as fields of a form. What is wrong with them, the API says. */
export function readingFields({ encoding, delimiter, sheet }: Values): Record<string, string> {
  return { ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}), ...(sheet ? { sheet } : {}) }
}
