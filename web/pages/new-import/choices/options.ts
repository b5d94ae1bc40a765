import type { Import, ImportOptions, Template } from '../../../api/schema.ts'

/** Every option, with its default where none was chosen. */
export type FullOptions = Omit<Import['options'], 'review' | 'dryRun'>

/** The options of this draft: each choice, or the template's default. */
export function fullOptions(template: Template, chosen: ImportOptions): FullOptions {
  const usual = template.defaults as unknown as FullOptions
  const { courses = [], collections = [], campaigns = [] } = chosen.enrol ?? {}
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
  return {
    ...usual,
    ...given,
    passwords: { ...usual.passwords, ...chosen.passwords },
    enrol: { courses, collections, campaigns },
  } as FullOptions
}
