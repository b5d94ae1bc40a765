import type { Import } from '../../api/schema.ts'
import { formatNumber, plural } from '../page/format.ts'

type Plan = NonNullable<Import['plan']>

/** Whether everything that the file says is so already. */
export function doesNothing({ create, invite, update, assignments }: Plan): boolean {
  return create + invite + update + assignments === 0
}

/** Whom or what the import will touch, as its button says: `Import 1,199 people`. */
export function importSentence({ create, invite, update, assignments }: Plan): string {
  const people = create + invite + update
  if (people === 0 && assignments > 0) return `Add ${plural(assignments, 'course assignment', 'course assignments')}`
  return people === 1 ? 'Import 1 person' : `Import ${formatNumber(people)} people`
}

/** What the button does, to how many. */
export function whatImportDoes(plan: Plan): string {
  const { create, invite, update, emails, assignments } = plan
  if (doesNothing(plan)) return 'Everything in the file is there already: there is nothing to import.'
  const what = [
    create > 0 && `creates ${plural(create, 'person', 'people')}`,
    invite > 0 && `invites ${plural(invite, 'person', 'people')}`,
    update > 0 && `updates ${plural(update, 'person', 'people')}`,
    create + invite + update === 0 && `adds ${plural(assignments, 'course assignment', 'course assignments')}`,
    emails > 0 && `sends ${plural(emails, 'e-mail', 'e-mails')}`,
  ].filter((part) => part !== false)
  const said = what.length > 1 ? `${what.slice(0, -1).join(', ')} and ${what.at(-1)}` : (what[0] ?? '')
  const sentence = `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
  return emails > 0 ? `${sentence} E-mails cannot be called back.` : `${sentence} No e-mails are sent.`
}
