import { finalStatuses, importStatuses } from '../../../domain/imports/states.ts'
import { type Transition, transitions } from '../../../domain/imports/transitions.ts'

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ')

const open = importStatuses.filter((status) => !(finalStatuses as readonly string[]).includes(status))

/** Prints the transitions as the Markdown table of ARCHITECTURE.md. */
export function printTransitions(): string {
  const lines = Object.entries<Transition>(transitions).map(([name, { from, fromPhases, to, phases, by, when }]) => {
    const statuses = open.every((status) => from.includes(status)) ? 'every status that is not final' : code(from)
    const start = fromPhases ? `${statuses}, in phase ${code(fromPhases)}` : statuses
    return `| ${name} | ${start} | ${to === null ? 'unchanged' : code([to])} | ${code(phases)} | ${by.join(', ')} | ${when} |`
  })
  return ['| transition | from | to | phase | by | when |', '|---|---|---|---|---|---|', ...lines].join('\n')
}
