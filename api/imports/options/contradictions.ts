import type { ImportOptions } from '../../../domain/imports/options.ts'
import type { Field, Mapping } from '../../../domain/people/fields.ts'
import type { Template } from '../../../domain/people/templates/index.ts'
import type { Caller } from '../../http/caller.ts'
import type { OptionError } from './option-errors.ts'

/** All that was chosen, defaults filled in, and who chose it. */
export interface Situation {
  template: Template
  mapping: Mapping | null
  options: ImportOptions
  /** The one password for all, as given. */
  password: string | null
  saveMapping: boolean
  caller: Pick<Caller, 'companies' | 'contact'>
}

/** Choices that make no sense together. `option`: the one to change first. */
interface Contradiction extends OptionError {
  when: (situation: Situation) => boolean
}

/**
 * Every combination of options that is refused. What is merely without effect is allowed where it does no harm:
 * `enrolExisting` with `existing: update` (they are enrolled anyway), `forceReset` without a password,
 * `invite` without e-mails (they can be sent later), a `company` for a file whose rows all name one.
 */
export const contradictions: readonly Contradiction[] = [
  {
    code: 'permission-set-required',
    option: 'permissionSet',
    when: ({ template, options }) => template.requires.includes('permissionSet') && options.permissionSet === null,
    message: 'This template needs one permission set for everybody in the file: choose one.',
  },
  {
    code: 'company-required',
    option: 'company',
    when: ({ options, caller, ...file }) =>
      options.company === null && caller.companies !== null && !mayHave('company', file),
    message: 'The file has no column of companies and the key has several: say which one the people belong to.',
  },

  {
    code: 'default-password-required',
    option: 'passwords.default',
    when: ({ options, password }) => options.passwords.set === 'default' && password === null,
    message: 'With passwords.set default, passwords.default is the password that everybody gets: give one.',
  },
  {
    code: 'default-password-unused',
    option: 'passwords.default',
    when: ({ options, password }) => options.passwords.set !== 'default' && password !== null,
    message: 'A password for all is given, but passwords.set is not default: nobody would get it.',
  },
  {
    code: 'invited-choose-passwords',
    option: 'passwords.set',
    when: ({ options }) => options.mode === 'invite' && options.passwords.set !== 'activation',
    message: 'Whoever is invited chooses a password on accepting: with mode invite it can only be activation.',
  },
  {
    code: 'invitation-updates-no-password',
    option: 'passwords.updateExisting',
    when: ({ options }) => options.mode === 'invite' && options.passwords.updateExisting,
    message: 'With mode invite nobody gets a password, so that there is none to give to users already there.',
  },
  {
    code: 'no-password-to-update',
    option: 'passwords.updateExisting',
    when: ({ options: { mode, passwords } }) =>
      mode === 'create' && passwords.updateExisting && passwords.set === 'activation',
    message: 'With passwords.set activation there is no new password for users already there.',
  },
  {
    // FORMATS.md says of enrolExisting alone that it works "even with existing: skip". A password that somebody uses is
    // the last thing to change by accident, so that "left as they are" holds for it without exception.
    code: 'skipped-keep-passwords',
    option: 'passwords.updateExisting',
    when: ({ options: { existing, passwords } }) => existing === 'skip' && passwords.updateExisting,
    message: 'With existing skip, users already there are left as they are, their passwords, too: choose update.',
  },
  {
    code: 'generated-passwords-need-emails',
    option: 'sendEmails',
    when: ({ options }) => options.passwords.set === 'generate' && !options.sendEmails,
    message: 'Generated passwords stand in the e-mails only: without them nobody could sign in.',
  },

  {
    code: 'message-without-emails',
    option: 'message',
    when: ({ options }) => options.message !== null && !options.sendEmails,
    message: 'A personal text needs an e-mail to stand in: sendEmails is off.',
  },
  {
    code: 'delivery-without-emails',
    option: 'deliverTo',
    when: ({ options }) => options.deliverTo === 'importer' && !options.sendEmails,
    message: 'There are no e-mails to deliver to you: sendEmails is off.',
  },
  {
    code: 'importer-without-address',
    option: 'deliverTo',
    when: ({ options, caller }) => options.deliverTo === 'importer' && caller.contact === null,
    message: 'The API key has no contact address that the e-mails could go to.',
  },

  {
    code: 'skipped-keep-values',
    option: 'blankCells',
    when: ({ options }) => options.blankCells === 'clear' && options.existing === 'skip',
    message: 'With existing skip, users already there keep every value: there is nothing to clear. Choose update.',
  },
  {
    code: 'nothing-to-enrol-into',
    option: 'enrolExisting',
    when: ({ options: { enrolExisting, enrol }, ...file }) =>
      enrolExisting && enrol === null && !mayHave('title', file),
    message: 'There is nothing to enrol anybody into: the file has no column of courses and enrol names none.',
  },
  {
    code: 'skipped-keep-groups',
    option: 'groupsMode',
    when: ({ options }) => options.groupsMode !== 'add' && options.existing === 'skip',
    message:
      'With existing skip, users already there keep their groups, and new ones have none: choose update, or add.',
  },
  {
    code: 'no-groups-named',
    option: 'groupsMode',
    when: ({ options, ...file }) =>
      options.groupsMode !== 'add' && options.groups.length === 0 && !mayHave('groups', file),
    message: 'Neither the file nor groups names a group to remove or to put in the place of others.',
  },
  {
    code: 'group-made-to-be-left',
    option: 'unknownGroups',
    when: ({ options }) => options.unknownGroups === 'create' && options.groupsMode === 'remove',
    message: 'Nobody is in a group that does not exist yet: there is no use in making it to remove people from it.',
  },
  {
    code: 'no-groups-to-make',
    option: 'unknownGroups',
    when: ({ options, ...file }) => options.unknownGroups === 'create' && !mayHave('groups', file),
    message: 'The file has no column of groups: there are none to make.',
  },
  {
    code: 'groups-need-platform-key',
    option: 'unknownGroups',
    when: ({ options, caller }) => options.unknownGroups === 'create' && caller.companies !== null,
    message: 'Groups are shared by all companies: only a platform-wide key makes them.',
  },

  {
    code: 'nothing-to-confirm',
    option: 'review',
    when: ({ options }) => options.dryRun && options.review,
    message: 'A dry run ends after the check: there is nothing to confirm.',
  },
  {
    code: 'no-mapping-to-save',
    option: 'saveMapping',
    when: ({ saveMapping, mapping }) => saveMapping && mapping === null,
    message: 'There is no mapping to save.',
  },
  {
    code: 'mapping-of-no-company',
    option: 'saveMapping',
    when: ({ saveMapping, options }) => saveMapping && options.company === null,
    message: 'A mapping is saved for a company: say which one with the option company.',
  },
]

/** Everything that contradicts itself, not only the first. */
export function contradictionsOf(situation: Situation): OptionError[] {
  return contradictions
    .filter(({ when }) => when(situation))
    .map(({ option, code, message }) => ({ option, code, message }))
}

/** Whether the file can have a column of this field, as far as is known before it is read. */
function mayHave(field: Field, { template, mapping }: Pick<Situation, 'template' | 'mapping'>): boolean {
  if (mapping === null) return template.columns.some((column) => column.field === field)
  return Object.keys(mapping).some((name) => name === field || (field === 'title' && name.startsWith('title ')))
}
