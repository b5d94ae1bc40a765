/** `npm run house`: prints every violation of the house rules and fails if there is one. */
import { violations } from './rules.ts'
import { readSources } from './sources.ts'

const found = violations(readSources())
for (const violation of found) console.error(violation)
process.exitCode = found.length > 0 ? 1 : 0
