import { optionRules } from './rules.ts'
import { type Choice, choices, type OptionSituation } from './situation.ts'

export { optionRules } from './rules.ts'
export { mapsField, type OptionRule, type OptionSituation } from './situation.ts'

/** Why options were rejected, as the API reports it. */
export interface BrokenRule {
  option: string
  code: string
  message: string
}

/** Returns every rule that the options break, in the order of the table. */
export function brokenRules(situation: OptionSituation): BrokenRule[] {
  return optionRules
    .filter(({ applies }) => applies(situation))
    .map(({ option, code, message }) => ({ option, code, message }))
}

/** Returns one sentence for each option that must have a value before the import can start. */
export function missingOptions(situation: OptionSituation): string[] {
  return optionRules
    .filter(({ isRequirement, applies }) => isRequirement === true && applies(situation))
    .map(({ message }) => message)
}

/**
 * Returns why a choice cannot be combined with the other choices, or null when it can.
 *
 * @param choice `option=value`, such as `passwords.set=generate`, or `message` for any text
 */
export function whyImpossible(choice: string, situation: OptionSituation): string | null {
  if (!isChoice(choice)) return null
  const chosen = { ...situation, options: choices[choice](situation.options) }
  return optionRules.find(({ disables, applies }) => disables?.includes(choice) && applies(chosen))?.message ?? null
}

function isChoice(choice: string): choice is Choice {
  return Object.hasOwn(choices, choice)
}
