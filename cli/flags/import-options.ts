import { UsageError } from '../http/errors.ts'
import { keyAndValue, readObject } from './key-values.ts'

/** The flags that set an option of an import. */
export const optionFlags = {
  mode: { type: 'string' },
  existing: { type: 'string' },
  'blank-cells': { type: 'string' },
  'enrol-existing': { type: 'boolean' },
  passwords: { type: 'string' },
  'update-passwords': { type: 'boolean' },
  'no-emails': { type: 'boolean' },
  message: { type: 'string' },
  'deliver-to': { type: 'string' },
  course: { type: 'string', multiple: true },
  collection: { type: 'string', multiple: true },
  campaign: { type: 'string', multiple: true },
  groups: { type: 'string', multiple: true },
  'groups-mode': { type: 'string' },
  'unknown-groups': { type: 'string' },
  'permission-set': { type: 'string' },
  company: { type: 'string' },
  language: { type: 'string' },
  'invalid-rows': { type: 'string' },
  review: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  option: { type: 'string', multiple: true },
  options: { type: 'string' },
} as const

type Flags = {
  [Flag in keyof typeof optionFlags]?:
    | ((typeof optionFlags)[Flag] extends { multiple: true }
        ? string[]
        : (typeof optionFlags)[Flag]['type'] extends 'boolean'
          ? boolean
          : string)
    | undefined
}

/** Options as the API takes them, except that a name may be given in place of an id. */
export type GivenOptions = Record<string, unknown>

/**
 * Returns the options to send. Only options that were given are included, because the API sets the defaults and checks
 * the values.
 *
 * @param cwd the folder that a relative `--options` path starts from
 * @throws UsageError for an `--option` that is not KEY=VALUE, and for a password
 */
export async function importOptions(flags: Flags, cwd: string): Promise<GivenOptions> {
  const options: GivenOptions = flags.options === undefined ? {} : await readObject(flags.options, cwd)
  for (const option of flags.option ?? []) setOption(options, ...parsed(option))
  for (const [key, value] of Object.entries(byFlag(flags))) if (value !== undefined) setOption(options, key, value)
  refusePassword(options)
  return options
}

function byFlag(flags: Flags): Record<string, unknown> {
  const yes = (flag: boolean | undefined) => flag || undefined
  return {
    mode: flags.mode,
    existing: flags.existing,
    blankCells: flags['blank-cells'],
    enrolExisting: yes(flags['enrol-existing']),
    'passwords.set': flags.passwords,
    'passwords.updateExisting': yes(flags['update-passwords']),
    sendEmails: flags['no-emails'] ? false : undefined,
    message: flags.message,
    deliverTo: flags['deliver-to'],
    'enrol.courses': flags.course,
    'enrol.collections': flags.collection,
    'enrol.campaigns': flags.campaign,
    groups: flags.groups?.flatMap((names) => names.split('/')).flatMap((name) => name.trim() || []),
    groupsMode: flags['groups-mode'],
    unknownGroups: flags['unknown-groups'],
    permissionSet: flags['permission-set'],
    company: flags.company,
    language: flags.language,
    invalidRows: flags['invalid-rows'],
    review: yes(flags.review),
    dryRun: yes(flags['dry-run']),
  }
}

/** Sets a nested option: `passwords.set` sets `{passwords: {set: …}}`. */
function setOption(options: GivenOptions, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let group = options
  for (const key of keys) {
    const inner = Object.hasOwn(group, key) ? group[key] : {}
    if (typeof inner !== 'object' || inner === null) throw new UsageError(`The option ${key} is given twice.`)
    group[key] = inner
    group = inner as GivenOptions
  }
  group[last] = value
}

/** Splits KEY=VALUE and parses the value as JSON if it is valid JSON. Any other value stays text. */
function parsed(option: string): [path: string, value: unknown] {
  const [path, text] = keyAndValue(option) ?? ['', '']
  if (path.split('.').some((key) => !/^[A-Za-z]\w*$/.test(key))) {
    throw new UsageError(`--option takes KEY=VALUE, for example --option blankCells=clear.`)
  }
  try {
    return [path, JSON.parse(text)]
  } catch {
    return [path, text]
  }
}

/** Rejects a password. Other users of the machine can read a command line, and option files are kept and shared. */
function refusePassword({ passwords }: GivenOptions): void {
  if (typeof passwords !== 'object' || passwords === null || !Object.hasOwn(passwords, 'default')) return
  throw new UsageError(
    'A password does not belong among the options: set MUSTER_DEFAULT_PASSWORD, or let yourself be asked.',
  )
}
