import type { FullOptions } from './options.ts'
import type { Situation } from './rules.ts'

/** The props that every group of choices takes. */
export interface ChoiceGroup {
  situation: Situation
  onChange: (changes: Partial<FullOptions>) => void
}
