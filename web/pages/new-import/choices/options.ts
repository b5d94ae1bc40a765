import type { Import, ImportOptions, Template } from '../../../api/schema.ts'

/** Every choice, those that nobody made filled in. */
export type FullOptions = Omit<Import['options'], 'review' | 'dryRun'>

/** What an import of this draft would do: what was chosen, else what the template has. */
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

/** Whether rows can say this of themselves: a column of the file is this field. */
export function hasColumn(mapping: Record<string, string>, field: string): boolean {
  return Object.keys(mapping).some((name) => name === field || (field === 'title' && name.startsWith('title ')))
}
