import type { FullOptions } from './options.ts'
import { hasColumn } from './options.ts'

/** What the choices of an import depend on. */
export interface Situation {
  options: FullOptions
  mapping: Record<string, string>
  /** Whoever imports may look after all companies. */
  platform: boolean
}

/** A choice that another one rules out, by `option=value`, and why, in words for whoever chooses. */
type Rule = [choice: string, why: string, when: (situation: Situation) => boolean]

const skips = ({ options }: Situation) => options.existing === 'skip'
const invites = ({ options }: Situation) => options.mode === 'invite'
const silent = ({ options }: Situation) => !options.sendEmails
const LEFT_ALONE = 'People already there are left as they are.'

/**
 * What the API refuses to combine (api/imports/options/contradictions.ts): shown before it can be chosen. That the two agree is
 * tested in test/web/pages/new-import/rules.test.ts.
 */
const rules: Rule[] = [
  ['blankCells=clear', `${LEFT_ALONE} There is nothing to empty.`, skips],
  [
    'enrolExisting=true',
    'There is nothing to enrol anybody into: choose courses, or match a column of course titles.',
    ({ options: { enrol }, mapping }) =>
      !hasColumn(mapping, 'title') && !Object.values(enrol ?? {}).some((ids) => ids.length > 0),
  ],
  ['passwords.set=generate', 'Whoever is invited chooses a password when accepting.', invites],
  ['passwords.set=default', 'Whoever is invited chooses a password when accepting.', invites],
  ['passwords.set=generate', 'These passwords stand in the e-mails only, and no e-mails are sent.', silent],
  [
    'mode=invite',
    'Whoever is invited chooses a password: let each choose one first.',
    ({ options }) => options.passwords.set !== 'activation',
  ],
  [
    'sendEmails=false',
    'Passwords made for each person stand in the e-mails only.',
    ({ options }) => options.passwords.set === 'generate',
  ],
  [
    'passwords.updateExisting=true',
    'There is no new password to give: everybody chooses one.',
    ({ options }) => options.passwords.set === 'activation',
  ],
  ['passwords.updateExisting=true', `${LEFT_ALONE} Their passwords, too.`, skips],
  ['message', 'There are no e-mails that it could stand in.', silent],
  ['deliverTo=importer', 'There are no e-mails to deliver.', silent],
  ['groupsMode=remove', `${LEFT_ALONE} New people are in no group.`, skips],
  ['groupsMode=replace', `${LEFT_ALONE} New people are in no group.`, skips],
  ['groupsMode=remove', 'No group is chosen, and the file has no column of groups.', namesNoGroup],
  ['groupsMode=replace', 'No group is chosen, and the file has no column of groups.', namesNoGroup],
  ['unknownGroups=create', 'The file has no column of groups.', ({ mapping }) => !hasColumn(mapping, 'groups')],
  [
    'unknownGroups=create',
    'People leave the groups: there is no use in making new ones.',
    ({ options }) => options.groupsMode === 'remove',
  ],
  [
    'unknownGroups=create',
    'Groups are shared by all companies: an administrator of the platform makes them.',
    ({ platform }) => !platform,
  ],
]

function namesNoGroup({ options, mapping }: Situation): boolean {
  return options.groups.length === 0 && !hasColumn(mapping, 'groups')
}

/** @returns why `option=value` cannot be chosen now, or null */
export function ruledOut(choice: string, situation: Situation): string | null {
  return rules.find(([name, , when]) => name === choice && when(situation))?.[1] ?? null
}

/**
 * What was chosen and has been ruled out since is taken back, so that no choice leads to a refusal later.
 *
 * @returns the choices to change
 */
export function takenBack(situation: Situation): Partial<FullOptions> {
  const { options } = situation
  const out = (choice: string) => ruledOut(choice, situation) !== null
  const { passwords } = options
  return {
    ...(options.blankCells === 'clear' && out('blankCells=clear') ? { blankCells: 'keep' } : {}),
    ...(options.enrolExisting && (options.existing === 'update' || out('enrolExisting=true'))
      ? { enrolExisting: false }
      : {}),
    ...(options.message !== null && out('message') ? { message: null } : {}),
    ...(options.deliverTo === 'importer' && out('deliverTo=importer') ? { deliverTo: 'user' } : {}),
    ...(out(`groupsMode=${options.groupsMode}`) ? { groupsMode: 'add' } : {}),
    ...(options.unknownGroups === 'create' && out('unknownGroups=create') ? { unknownGroups: 'error' } : {}),
    ...(passwords.updateExisting && out('passwords.updateExisting=true')
      ? { passwords: { ...passwords, updateExisting: false } }
      : {}),
  } as Partial<FullOptions>
}

/** The choices as they are checked: without those that the file's columns rule out now. */
export function settled(situation: Situation): FullOptions {
  return { ...situation.options, ...takenBack(situation) }
}
