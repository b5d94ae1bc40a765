import { type OptionName, optionMeanings } from '../../domain/imports/option-meanings.ts'

/** A flag for each option, in the order in which an administrator decides: who, what, how careful. */
export const flagOfOption: readonly (readonly [flag: string, option: OptionName, value?: string])[] = [
  ['--mode MODE', 'mode'],
  ['--existing WHAT', 'existing'],
  ['--blank-cells WHAT', 'blankCells'],
  ['--enrol-existing', 'enrolExisting', 'true'],
  ['--passwords WHAT', 'passwords.set'],
  ['--update-passwords', 'passwords.updateExisting', 'true'],
  ['--no-emails', 'sendEmails', 'false'],
  ['--message TEXT', 'message'],
  ['--deliver-to WHOM', 'deliverTo'],
  ['--course TITLE', 'enrol.courses'],
  ['--collection NAME', 'enrol.collections'],
  ['--campaign NAME', 'enrol.campaigns'],
  ['--groups NAMES', 'groups'],
  ['--groups-mode HOW', 'groupsMode'],
  ['--unknown-groups HOW', 'unknownGroups'],
  ['--permission-set NAME', 'permissionSet'],
  ['--company NAME', 'company'],
  ['--language TAG', 'language'],
  ['--invalid-rows HOW', 'invalidRows'],
  ['--review', 'review', 'true'],
  ['--dry-run', 'dryRun', 'true'],
]

/** Remarks that only apply to the command line. */
const remarks: Partial<Record<OptionName, string>> = {
  'passwords.set':
    'The password of default comes from MUSTER_DEFAULT_PASSWORD, or the command asks for it. It is never on the command line.',
  'enrol.courses': 'Repeatable.',
  'enrol.collections': 'Repeatable.',
  'enrol.campaigns': 'Repeatable.',
  groups: 'Separate them by / as in a file. Repeatable.',
  dryRun: 'The command shows the plan.',
}

const others = [
  ['--option KEY=VALUE', 'Any option by its name in the API: --option passwords.forceReset=false. Repeatable.'],
  ['--options FILE.json', 'Options as the API takes them. Flags win over it.'],
] as const

/** Columns: where a sentence starts, and the widest line. */
const INDENT = 27
const WIDTH = 120

/** The section of `muster help import` about options. */
export const optionsHelp = [
  ...flagOfOption.map(([flag, option, value]) =>
    entry(flag, [sentences(option, value), remarks[option] ?? ''].join(' ')),
  ),
  ...others.map(([flag, text]) => entry(flag, text)),
].join('\n')

function sentences(option: OptionName, value: string | undefined): string {
  const { meaning = '', values = {} }: { meaning?: string; values?: Record<string, string> } = optionMeanings[option]
  const told = value === undefined ? Object.entries(values).map(([name, does]) => `${name}: ${does}`) : [values[value]]
  return [meaning, ...told].join(' ').replaceAll('`', '')
}

function entry(flag: string, text: string): string {
  const lines = [`      ${flag}`.padEnd(INDENT - 1)]
  for (const word of text.trim().split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line.length + 1 + word.length > WIDTH) lines.push(`${' '.repeat(INDENT)}${word}`)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.join('\n')
}
