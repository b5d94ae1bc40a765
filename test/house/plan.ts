/**
 * The folders or single files that each floor of the house may import besides itself. ARCHITECTURE.md explains the
 * floors. `test/` and `bench/` may import anything.
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

/** Workflow code runs again on every replay, and the code of `domain/` is pure. Neither may do I/O or read a clock. */
export const deterministic: readonly string[] = ['domain', 'workflows']

/** Packages that deterministic code may use. */
export const deterministicPackages: readonly string[] = ['@temporalio/workflow', '@temporalio/common', '@zxcvbn-ts/']

/**
 * Plumbing must not import the subjects of its floor. The value lists the only other rooms of its floor that it may
 * import.
 */
export const plumbing: Record<string, readonly string[]> = {
  'activities/core': [],
  'api/http': [],
  'db/core': ['db/tables'],
}

/** The most code files in a folder, without its subfolders. A folder with more is split into two rooms. */
export const MAX_FILES = 13
