import { mayHaveColumn, type OptionRule } from './situation.ts'

/**
 * Every combination of options that is rejected. A combination without effect is allowed where it does no harm:
 * `enrolExisting` with `existing: update`, which enrols existing users anyway; `forceReset` without a password;
 * `invite` without e-mails, which can be sent later; and a `company` for a file whose rows all name one.
 */
export const optionRules: readonly OptionRule[] = [
  {
    code: 'permission-set-required',
    option: 'permissionSet',
    isRequirement: true,
    applies: ({ template, options }) => template.requires.includes('permissionSet') && options.permissionSet === null,
    message: 'Choose a permission set. This template requires one for every user in the file.',
  },
  {
    code: 'company-required',
    option: 'company',
    isRequirement: true,
    // A caller with one company needs no choice.
    applies: (situation) =>
      situation.options.company === null &&
      situation.caller.companies !== null &&
      situation.caller.companies.length !== 1 &&
      !mayHaveColumn('company', situation),
    message: 'Choose the company that the users belong to. The file has no company column.',
  },
  {
    code: 'default-password-required',
    option: 'passwords.default',
    isRequirement: true,
    applies: ({ options, password }) => options.passwords.set === 'default' && password === null,
    message: 'Enter the password that every user in the file gets.',
  },

  {
    code: 'default-password-unused',
    option: 'passwords.default',
    applies: ({ options, password }) => options.passwords.set !== 'default' && password !== null,
    message: 'A password for every user is given, but passwords.set is not default. No user would get it.',
  },
  {
    code: 'invited-choose-passwords',
    option: 'passwords.set',
    disables: ['passwords.set=generate', 'passwords.set=default', 'mode=invite'],
    applies: ({ options }) => options.mode === 'invite' && options.passwords.set !== 'activation',
    message: 'Invited users choose their own password when they accept.',
  },
  {
    code: 'invitation-updates-no-password',
    option: 'passwords.updateExisting',
    disables: ['passwords.updateExisting=true'],
    applies: ({ options }) => options.mode === 'invite' && options.passwords.updateExisting,
    message: 'An invitation sets no password, so existing users cannot get a new one.',
  },
  {
    code: 'no-password-to-update',
    option: 'passwords.updateExisting',
    disables: ['passwords.updateExisting=true'],
    applies: ({ options: { mode, passwords } }) =>
      mode === 'create' && passwords.updateExisting && passwords.set === 'activation',
    message: 'Each user chooses a password, so existing users cannot get a new one.',
  },
  {
    // FORMATS.md lets only enrolExisting change skipped users. A password in use is the last value to change by
    // accident, so skipped users always keep theirs.
    code: 'skipped-keep-passwords',
    option: 'passwords.updateExisting',
    disables: ['passwords.updateExisting=true'],
    applies: ({ options: { existing, passwords } }) => existing === 'skip' && passwords.updateExisting,
    message: 'Existing users are skipped, so they keep their passwords.',
  },
  {
    code: 'generated-passwords-need-emails',
    option: 'sendEmails',
    disables: ['passwords.set=generate', 'sendEmails=false'],
    applies: ({ options }) => options.passwords.set === 'generate' && !options.sendEmails,
    message: 'Generated passwords reach users only by e-mail, so the e-mails must be sent.',
  },

  {
    code: 'message-without-emails',
    option: 'message',
    disables: ['message'],
    applies: ({ options }) => options.message !== null && !options.sendEmails,
    message: 'No e-mails are sent that a personal text could be part of.',
  },
  {
    code: 'delivery-without-emails',
    option: 'deliverTo',
    disables: ['deliverTo=importer'],
    applies: ({ options }) => options.deliverTo === 'importer' && !options.sendEmails,
    message: 'No e-mails are sent that could be delivered to you.',
  },
  {
    code: 'importer-without-address',
    option: 'deliverTo',
    disables: ['deliverTo=importer'],
    applies: ({ options, caller }) => options.deliverTo === 'importer' && caller.contact === null,
    message: 'The API key has no contact address for the e-mails.',
  },

  {
    code: 'skipped-keep-values',
    option: 'blankCells',
    disables: ['blankCells=clear'],
    applies: ({ options }) => options.blankCells === 'clear' && options.existing === 'skip',
    message: 'Existing users are skipped, so they keep every value.',
  },
  {
    code: 'nothing-to-enrol-into',
    option: 'enrolExisting',
    disables: ['enrolExisting=true'],
    applies: (situation) =>
      situation.options.enrolExisting &&
      Object.values(situation.options.enrol ?? {}).every((ids) => ids.length === 0) &&
      !mayHaveColumn('title', situation),
    message: 'The file has no column of course titles, and no course, collection or campaign is chosen.',
  },
  {
    code: 'skipped-keep-groups',
    option: 'groupsMode',
    disables: ['groupsMode=remove', 'groupsMode=replace'],
    applies: ({ options }) => options.groupsMode !== 'add' && options.existing === 'skip',
    message: 'Existing users are skipped and keep their groups, and new users have no groups to leave.',
  },
  {
    code: 'no-groups-named',
    option: 'groupsMode',
    disables: ['groupsMode=remove', 'groupsMode=replace'],
    applies: (situation) =>
      situation.options.groupsMode !== 'add' &&
      situation.options.groups.length === 0 &&
      !mayHaveColumn('groups', situation),
    message: 'No group is chosen, and the file has no column of groups.',
  },
  {
    code: 'group-made-to-be-left',
    option: 'unknownGroups',
    disables: ['unknownGroups=create'],
    applies: ({ options }) => options.unknownGroups === 'create' && options.groupsMode === 'remove',
    message: 'Users leave the groups of the file, and a new group has no members to remove.',
  },
  {
    code: 'no-groups-to-make',
    option: 'unknownGroups',
    disables: ['unknownGroups=create'],
    applies: (situation) => situation.options.unknownGroups === 'create' && !mayHaveColumn('groups', situation),
    message: 'The file has no column of groups, so there is no group to create.',
  },
  {
    code: 'groups-need-platform-key',
    option: 'unknownGroups',
    disables: ['unknownGroups=create'],
    applies: ({ options, caller }) => options.unknownGroups === 'create' && caller.companies !== null,
    message: 'All companies share the groups, so only an administrator or API key for all companies can create one.',
  },

  {
    code: 'nothing-to-confirm',
    option: 'review',
    applies: ({ options }) => options.dryRun && options.review,
    message: 'A dry run ends after the check, so there is nothing to confirm.',
  },
  {
    code: 'no-mapping-to-save',
    option: 'saveMapping',
    applies: ({ saveMapping, mapping }) => saveMapping && mapping === null,
    message: 'There is no mapping to save.',
  },
  {
    code: 'mapping-of-no-company',
    option: 'saveMapping',
    applies: ({ saveMapping, options }) => saveMapping && options.company === null,
    message: 'A mapping is saved for a company. Choose it with the option company.',
  },
]
