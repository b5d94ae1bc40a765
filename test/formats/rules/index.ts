import { listRules } from './lists.ts'
import { optionRules } from './options.ts'
import type { Rule } from './rule.ts'
import { onboardingRules, templateRules } from './templates.ts'

/** Every rule of FORMATS.md, in the order of the document. */
export const rules: readonly Rule[] = [...templateRules, ...onboardingRules, ...listRules, ...optionRules]
