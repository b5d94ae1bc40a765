import type { Rule } from './rule.ts'

const defaults = 'formats/options > every option has the default of the table'

export const optionRules: readonly Rule[] = [
  {
    id: 'mode',
    text: '`mode` `create`: the account exists at once, inactive until activated. `invite`: only an invitation exists; the account is created when the user accepts and completes it `create`',
    tests: [
      'formats/options > mode create creates an account at once that is inactive until activated',
      'formats/options > mode invite creates only an invitation, and the account is created when the user accepts and completes it',
      'db/people/invitations > an invitation link opens a page about the invitation, and no user exists until the form is sent',
      defaults,
    ],
  },
  {
    id: 'existing',
    text: "`existing` `update`: existing users get the file's values; `skip`: existing users stay unchanged and are reported as skipped `skip`",
    tests: [
      'formats/options > existing: skip leaves users unchanged and reports them as skipped, and update gives them the file’s values',
      'formats/options > a later file that changes an open invitation reports its changes like those of a user',
      'activities/imports/apply-batch > existing: skip leaves existing users unchanged, without enrolments or e-mails',
      'activities/imports/apply-batch > existing: update writes changed values, records the replaced values and sends no e-mail',
      defaults,
    ],
  },
  {
    id: 'blankCells',
    text: "`blankCells` `keep` or `clear` a user's value where the file's cell is empty `keep`",
    tests: [
      'formats/options > blankCells keeps or clears a user’s value where the file’s cell is empty',
      'activities/imports/apply-batch > blankCells: keep leaves values unchanged where the file has an empty cell',
      'activities/imports/apply-batch > blankCells: clear empties the values and records the replaced ones',
      defaults,
    ],
  },
  {
    id: 'enrolExisting',
    text: "`enrolExisting` existing users are still enrolled (in the file's titles and `enrol`), even with `existing: skip` `false`",
    tests: [
      'formats/options > enrolExisting enrols existing users in the file’s titles and enrol, even with existing: skip',
      'activities/imports/apply-choices > existing users are enrolled with enrolExisting only, and only in courses that are new to them',
      defaults,
    ],
  },
  {
    id: 'passwords.set/activation',
    text: '`passwords.set` `activation`: users get no password; each chooses one through the link.',
    tests: [
      'formats/options > passwords.set activation gives users no password, and each chooses one through the link',
    ],
  },
  {
    id: 'passwords.set/generate',
    text: '`generate`: each user gets a unique one, sent by e-mail.',
    tests: [
      'formats/options > passwords.set generate sends each user a unique password by e-mail',
      'activities/emails/email-kinds > a generated password is e-mailed with the sign-in address and is set once the server has accepted the e-mail',
    ],
  },
  {
    id: 'passwords.set/default',
    text: '`default`: all users get one given password, and `passwords.default` is required `activation`',
    tests: [
      'formats/options > passwords.set default gives all users one password and requires passwords.default',
      'api/imports/options/passwords > a default password is stored as argon2id only and never returned',
      defaults,
    ],
  },
  {
    id: 'passwords.updateExisting',
    text: '`passwords.updateExisting` existing users also get the new password; off leaves theirs unchanged `false`',
    tests: [
      'formats/options > passwords.updateExisting gives existing users the new password, and without it they keep theirs',
      'activities/imports/apply-choices > passwords generate: the password comes by e-mail, and existing users get one with updateExisting only',
      defaults,
    ],
  },
  {
    id: 'passwords.forceReset',
    text: '`passwords.forceReset` a user whose password was set must choose a new one at the next sign-in `true`',
    tests: [
      'formats/options > passwords.forceReset makes users whose password was set choose a new one at the next sign-in',
      'activities/emails/email-kinds > a generated password need not be changed if the import says so',
      defaults,
    ],
  },
  {
    id: 'sendEmails',
    text: '`sendEmails` send the e-mail with the import.',
    tests: [
      'formats/options > sendEmails sends the e-mail with the import, and without it users can be invited later from the user list',
    ],
  },
  {
    id: 'sendEmails/generate',
    text: 'You can turn it off, except with `passwords.set: generate`.',
    tests: ['formats/options > sendEmails may be turned off except with passwords.set: generate'],
  },
  {
    id: 'sendEmails/later',
    text: 'You can invite users later from the user list `true`',
    tests: [
      'formats/options > sendEmails sends the e-mail with the import, and without it users can be invited later from the user list',
      'api/emails/activation-requests > an activation request for many users queues all allowed users in one mailing and returns the reasons for the others',
      defaults,
    ],
  },
  {
    id: 'message',
    text: '`message` personal text in the e-mail none',
    tests: ['formats/options > message adds a personal text to the e-mail, and by default there is none', defaults],
  },
  {
    id: 'deliverTo',
    text: "`deliverTo` `user`, or `importer`: all activation e-mails go to the administrator's own address, for users who have none `user`",
    tests: [
      'formats/options > deliverTo importer sends all activation e-mails to the administrator’s own address',
      'api/emails/activation-requests > deliverTo: importer sends to the contact of the key, for one user and for many',
      defaults,
    ],
  },
  {
    id: 'enrol',
    text: "`enrol` courses, collections and campaigns in which everyone in the file is enrolled, in addition to each row's own titles none",
    tests: [
      'formats/options > enrol adds courses, collections and campaigns to each row’s own titles and records the reason',
      defaults,
    ],
  },
  {
    id: 'groups',
    text: '`groups` groups that everyone in the file joins. Existing users join only with `existing: update` none',
    tests: [
      'formats/options > groups adds every user in the file to the groups, but existing users only with existing: update',
      'activities/imports/apply-choices > existing: skip leaves the groups of existing users unchanged',
      defaults,
    ],
  },
  {
    id: 'groupsMode',
    text: "`groupsMode` `add` users to the groups (from the file and from `groups`), `remove` users from them, or `replace` users' groups with them `add`",
    tests: [
      'formats/options > groupsMode adds users to the groups, removes users from them, or replaces the users’ groups',
      'activities/imports/apply-choices > groupsMode remove: existing users leave these groups and no others, and new users join none',
      'activities/imports/apply-choices > groupsMode replace: existing users end up in the groups of the row and no others',
      defaults,
    ],
  },
  {
    id: 'permissionSet',
    text: '`permissionSet` what everyone in the file may do the template decides whether it is required',
    tests: [
      'formats/options > permissionSet applies to every user in the file, and the template decides whether it is required',
      defaults,
    ],
  },
  {
    id: 'invalidRows/reject',
    text: '`invalidRows` `reject`: one invalid row rejects the file.',
    tests: [
      'formats/options > invalidRows reject lets one invalid row reject the file',
      'activities/imports/validate-rows > invalidRows: reject rejects the file for one invalid row and lists all invalid rows',
    ],
  },
  {
    id: 'invalidRows/skip',
    text: '`skip`: valid rows continue. Invalid rows are reported and can be downloaded as a separate file with a reason column, to correct and upload again `skip`',
    tests: [
      'formats/options > invalidRows skip imports the valid rows and returns the invalid ones as a file with a reason column to correct',
      'api/imports/results/errors-csv > the errors file has a reason column and keeps the columns, the delimiter and the encoding: %s',
      defaults,
    ],
  },
  {
    id: 'review',
    text: '`review` stop after validation, show what will happen, wait for confirmation on in the console, off in the API',
    tests: [
      'formats/options > review stops after validation, shows what would happen and waits for confirmation',
      'api/imports/results/import-plan > the plan shows new users, old and new values of changes, e-mails and errors',
      'web/pages/new-import/new-import > a file of a template is imported in as few steps as possible',
      defaults,
    ],
    console: true,
  },
  {
    id: 'dryRun',
    text: '`dryRun` validate and report, write nothing `false`',
    tests: ['formats/options > dryRun validates and reports, and writes nothing', defaults],
  },
  {
    id: 'single-person',
    text: 'You can invite or create a single user with the same fields (D): address, company, groups, label (free text on the user), permission set, language, message.',
    tests: [
      'formats/single-person > one user is added with address, company, groups, label, permission set, language and message',
      'formats/single-person > one user is checked by the rules of a row, and an invalid value creates no user',
      'api/people/users > a user with every field of a row is returned completely, and no e-mail is sent',
      'api/people/invitations > an invitation with every field creates no account and sends an e-mail',
    ],
  },
  {
    id: 'link/48-hours',
    text: 'An activation link is valid for 48 hours from when its e-mail was sent.',
    tests: [
      'formats/links > a link is valid for 48 hours after its e-mail was sent, and an expired link says so and offers a new one',
      'activities/emails/send-emails > a mail server gets one message for each user, with a link that works for 48 hours after its acceptance',
      'workflows/time > links work 47 hours and 59 minutes after their e-mail, and have expired after 48 hours',
    ],
  },
  {
    id: 'link/once',
    text: 'It works once.',
    tests: [
      'formats/links > completing the form uses up a link, once, and opening the link does not',
      'api/emails/activation-pages > the password form lets exactly one of a hundred simultaneous submits win, and the others read "already active"',
    ],
  },
  {
    id: 'link/expired',
    text: 'An expired link clearly says so and offers a new one.',
    tests: [
      'formats/links > a link is valid for 48 hours after its e-mail was sent, and an expired link says so and offers a new one',
      'api/emails/activation-pages > the page of an expired link offers a new link, which works and ends the old one',
    ],
  },
  {
    id: 'link/opening',
    text: 'Opening a link never uses it up (mail scanners open links); only completing the form does.',
    tests: [
      'formats/links > completing the form uses up a link, once, and opening the link does not',
      'api/emails/activation-pages > an activation link shows the form and stays valid, however often a scanner opens it',
    ],
  },
  {
    id: 'report',
    text: 'When an import ends, the person who started it gets an e-mail with the counts and a link to the results (C).',
    tests: [
      'formats/links > the administrator who started an import gets an e-mail with the counts and a link to the results when it ends',
      'activities/emails/send-report > the administrator who started an import gets its counts and a link, once',
    ],
  },
  {
    id: 'sets',
    text: 'Collections are sets of courses. Campaigns are sets of courses with a start and an end.',
    tests: [
      'formats/links > enrolling users in a collection or a campaign enrols them in its courses and records the reason',
      'api/catalogue/course-sets > a campaign ends after its start, even when a change names only one of the two',
    ],
  },
  {
    id: 'sets/enrolling',
    text: 'Enrolling a user in either enrols them in its courses and records why.',
    tests: [
      'formats/links > enrolling users in a collection or a campaign enrols them in its courses and records the reason',
      'formats/links > a campaign that has ended enrols no user',
    ],
  },
]
