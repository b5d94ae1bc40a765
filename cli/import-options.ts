import { UsageError } from './errors.ts'

/** Flags that stand for options of an import (FORMATS.md, "Options of an import"). */
export const optionFlags = {
  update: { type: 'boolean' },
  'no-emails': { type: 'boolean' },
  review: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'reject-invalid': { type: 'boolean' },
  option: { type: 'string', multiple: true },
} as const

type Flags = { [Flag in Exclude<keyof typeof optionFlags, 'option'>]?: boolean | undefined } & {
  option?: string[] | undefined
}

/**
 * The options to send. Only what was asked for is in it: every default is the API's to decide.
 *
 * @throws UsageError for an `--option` that is not KEY=VALUE
 */
export function importOptions(flags: Flags): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  if (flags.update) options.existing = 'update'
  if (flags['no-emails']) options.sendEmails = false
  if (flags.review) options.review = true
  if (flags['dry-run']) options.dryRun = true
  if (flags['reject-invalid']) options.invalidRows = 'reject'
  for (const option of flags.option ?? []) setOption(options, option)
  return options
}

/** `passwords.set=generate` sets `{passwords: {set: 'generate'}}`; a value that is JSON counts as JSON. */
function setOption(options: Record<string, unknown>, option: string): void {
  const equals = option.indexOf('=')
  const keys = option.slice(0, equals).split('.')
  if (equals < 1 || keys.some((key) => !/^[A-Za-z]\w*$/.test(key))) {
    throw new UsageError(`--option takes KEY=VALUE, for example --option blankCells=clear.`)
  }
  const last = keys.pop() ?? ''
  let group = options
  for (const key of keys) {
    const inner = Object.hasOwn(group, key) ? group[key] : {}
    if (typeof inner !== 'object' || inner === null) throw new UsageError(`--option ${key} is given twice.`)
    group[key] = inner
    group = inner as Record<string, unknown>
  }
  group[last] = parseValue(option.slice(equals + 1))
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
