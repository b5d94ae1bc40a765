import { missingOptions, type OptionSituation, whyImpossible } from '../../../../domain/imports/option-rules/index.ts'
import type { FullOptions } from './options.ts'

/** What the choices of an import depend on. */
export interface Situation {
  options: FullOptions
  mapping: Record<string, string>
  /** The administrator manages all companies. */
  platform: boolean
}

/** The situation of a file whose columns are known, as the rules of an import take it. */
function inFull({ options, mapping, platform }: Situation): OptionSituation {
  return {
    options: { ...options, review: true, dryRun: false },
    template: { requires: [], columns: [] },
    mapping,
    password: null,
    saveMapping: false,
    // Which companies they are matters to no control: only administrators of all companies can create groups.
    caller: { companies: platform ? null : [], contact: '' },
  }
}

/** @returns why `option=value` cannot be chosen now, or null */
export function ruledOut(choice: string, situation: Situation): string | null {
  return whyImpossible(choice, inFull(situation))
}

/** Who imports, and what is not an option: it decides which options must be chosen first. */
interface Importer {
  requires: readonly string[]
  password: string | null
  companies: string[] | null
}

/** @returns one sentence for each option that must be chosen before the file can be checked */
export function missingChoices(situation: Situation, { requires, password, companies }: Importer): string[] {
  const known = inFull(situation)
  return missingOptions({
    ...known,
    template: { ...known.template, requires },
    password: password || null,
    caller: { ...known.caller, companies },
  })
}

/**
 * Takes back the choices that have become impossible since they were made, so that no way through the page ends in a
 * rejection.
 *
 * @returns the choices to change
 */
export function takenBack(situation: Situation): Partial<FullOptions> {
  const { options } = situation
  const out = (choice: string) => ruledOut(choice, situation) !== null
  const { passwords } = options
  return {
    ...(options.blankCells === 'clear' && out('blankCells=clear') ? { blankCells: 'keep' } : {}),
    ...(options.enrolExisting && (options.existing === 'update' || out('enrolExisting=true'))
      ? { enrolExisting: false }
      : {}),
    ...(options.message !== null && out('message') ? { message: null } : {}),
    ...(options.deliverTo === 'importer' && out('deliverTo=importer') ? { deliverTo: 'user' } : {}),
    ...(out(`groupsMode=${options.groupsMode}`) ? { groupsMode: 'add' } : {}),
    ...(options.unknownGroups === 'create' && out('unknownGroups=create') ? { unknownGroups: 'error' } : {}),
    ...(passwords.updateExisting && out('passwords.updateExisting=true')
      ? { passwords: { ...passwords, updateExisting: false } }
      : {}),
  } as Partial<FullOptions>
}

/** The choices as they are checked, without those that the columns of the file make impossible. */
export function settled(situation: Situation): FullOptions {
  return { ...situation.options, ...takenBack(situation) }
}
