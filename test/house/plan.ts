/**
 * What each floor of the house may import besides itself: folders, or single files. ARCHITECTURE.md explains the floors.
 * `test/` and `bench/` may import anything.
 */
export const floors: Record<string, readonly string[]> = {
  domain: [],
  config: [],
  stack: [],
  db: ['domain'],
  reading: ['domain'],
  security: ['domain'],
  workflows: ['domain', 'activities/types.ts'],
  activities: ['domain', 'db', 'reading', 'security', 'config'],
  api: ['domain', 'db', 'reading', 'security', 'config', 'workflows/import-messages.ts'],
  worker: ['domain', 'db', 'security', 'config', 'activities', 'workflows'],
  cli: ['domain'],
  web: [
    'domain/passwords',
    'domain/imports/option-rules',
    'domain/imports/option-meanings.ts',
    'domain/imports/options.ts',
  ],
}

/** Workflow code runs again on every replay, and the rules are pure: neither may do I/O or read a clock. */
export const deterministic: readonly string[] = ['domain', 'workflows']

/** Packages that deterministic code may use. */
export const deterministicPackages: readonly string[] = ['@temporalio/workflow', '@temporalio/common', '@zxcvbn-ts/']

/** Plumbing that may not know the subjects, with the only other rooms of its floor that it may import. */
export const plumbing: Record<string, readonly string[]> = {
  'activities/core': [],
  'api/http': [],
  'db/core': ['db/tables'],
}

/** Code files beside the subfolders of a folder. A folder with more is two rooms. */
export const MAX_FILES = 13
