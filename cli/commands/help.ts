import type { Command } from '../command.ts'
import { UsageError } from '../http/errors.ts'
import { table } from '../terminal/text.ts'

/** `muster help` and `muster help COMMAND`. It lists itself last. */
export function helpCommand(others: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    summary: 'explain a command',
    help: 'Usage: muster help [COMMAND]\n',
    run: async (args, io) => {
      const [name] = args.filter((arg) => !arg.startsWith('-'))
      const all = [...others, help]
      const command = all.find((candidate) => candidate.name === name)
      if (name !== undefined && !command) throw new UsageError(`There is no command ${name}.`)
      io.out(command ? command.help : overview(all))
      return 0
    },
  }
  return help
}

function overview(commands: readonly Command[]): string {
  const lines = table(commands.map(({ name, summary }) => [`  ${name}`, summary]))
  return `Usage: muster COMMAND [options]

Brings people into a learning platform: uploads a file, follows the import, shows what became of each person.

${lines.join('\n')}

muster help COMMAND explains one. On the machine where npm start runs, the stack is found by itself; elsewhere
set MUSTER_URL and MUSTER_API_KEY.

  muster import examples/onboarding.csv --watch
`
}
