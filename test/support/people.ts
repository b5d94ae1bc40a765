/** Headers of the onboarding template, in the order in which test files have them. */
export const onboardingHeader = [
  'enabled',
  'name',
  'last_name',
  'email',
  'companyName',
  'cohortName',
  'languageCode',
  'job_role',
  'region',
  'module requested 1',
  'module requested 2',
] as const

export type Row = Partial<Record<(typeof onboardingHeader)[number], string>>

/** The nth person of a file: a valid row with a unique name and address. */
export function person(n: number, more: Row = {}): Row {
  return {
    enabled: '1',
    name: `Quillon${n}`,
    last_name: `Marwick${n}`,
    email: `quillon.${n}@people.example`,
    companyName: 'Blue Harbour',
    languageCode: 'en-GB',
    ...more,
  }
}

/** Returns `count` people, numbered from `first`. `more` returns the cells in which a person differs. */
export function people(count: number, more: (n: number) => Row = () => ({}), first = 1): Row[] {
  return Array.from({ length: count }, (_, index) => person(first + index, more(first + index)))
}

/**
 * Returns a CSV file of these people.
 *
 * @param header the columns of the file
 * @param apart the number of lines from one person to the next. Blank lines count as rows, so that few people fill many
 * batches.
 */
export function csv(rows: Row[], header: readonly string[] = onboardingHeader, apart = 1): string {
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}${'\n'.repeat(apart)}`
  const head = `${header.map(quoted).join(',')}\n`
  return head + rows.map((row) => line(header.map((name) => row[name as keyof Row] ?? ''))).join('')
}

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
