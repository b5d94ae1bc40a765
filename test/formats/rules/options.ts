import type { Rule } from './rule.ts'

const defaults = 'formats/options > every option has the default of the table'

export const optionRules: readonly Rule[] = [
  {
    id: 'mode',
    text: '`mode` `create`: the account exists at once, inactive until activated. `invite`: only an invitation exists; the account is created when the user accepts and completes it `create`',
    tests: [
      'formats/options > create: the account exists at once, inactive until activated',
      'formats/options > invite: only an invitation exists; the account comes into being when the person accepts and completes it',
      'db/people/invitations > opens a page about the invitation; there is no user until the form is sent',
      defaults,
    ],
  },
  {
    id: 'existing',
    text: "`existing` `update`: existing users get the file's values; `skip`: existing users stay unchanged and are reported as skipped `skip`",
    tests: [
      'formats/options > existing: skip leaves them as they are and reports them as skipped; update gives them the file’s values',
      'formats/options > what a later file changes of an open invitation is told as of a user',
      'activities/imports/apply-batch > existing: skip leaves them as they are, enrols them nowhere and mails nobody',
      'activities/imports/apply-batch > existing: update writes what differs, keeps the value that it replaced, and mails nobody',
      defaults,
    ],
  },
  {
    id: 'blankCells',
    text: "`blankCells` `keep` or `clear` a user's value where the file's cell is empty `keep`",
    tests: [
      'formats/options > blankCells: keep or clear what a user has where the file’s cell is empty',
      'activities/imports/apply-batch > blankCells: keep leaves what the file has no value for',
      'activities/imports/apply-batch > blankCells: clear empties it, and says what was there',
      defaults,
    ],
  },
  {
    id: 'enrolExisting',
    text: "`enrolExisting` existing users are still enrolled (in the file's titles and `enrol`), even with `existing: skip` `false`",
    tests: [
      'formats/options > enrolExisting: they are still enrolled into the file’s titles and enrol, even with existing: skip',
      'activities/imports/apply-choices > people who are there are enrolled with enrolExisting, and only into what is new to them',
      defaults,
    ],
  },
  {
    id: 'passwords.set/activation',
    text: '`passwords.set` `activation`: users get no password; each chooses one through the link.',
    tests: ['formats/options > set: activation gives nobody a password; each chooses one through the link'],
  },
  {
    id: 'passwords.set/generate',
    text: '`generate`: each user gets a unique one, sent by e-mail.',
    tests: [
      'formats/options > set: generate sends each user a unique one by e-mail',
      'activities/emails/email-kinds > comes by e-mail with the sign-in address, and is its user’s once the server has accepted the e-mail',
    ],
  },
  {
    id: 'passwords.set/default',
    text: '`default`: all users get one given password, and `passwords.default` is required `activation`',
    tests: [
      'formats/options > set: default is one given password for all; then passwords.default is required',
      'api/imports/options/passwords > is kept as argon2id only and told to nobody',
      defaults,
    ],
  },
  {
    id: 'passwords.updateExisting',
    text: '`passwords.updateExisting` existing users also get the new password; off leaves theirs unchanged `false`',
    tests: [
      'formats/options > updateExisting: users already there get the new password too; off leaves theirs alone',
      'activities/imports/apply-choices > generate: the e-mail carries it; people who are there get one with updateExisting only',
      defaults,
    ],
  },
  {
    id: 'passwords.forceReset',
    text: '`passwords.forceReset` a user whose password was set must choose a new one at the next sign-in `true`',
    tests: [
      'formats/options > forceReset: whoever’s password was set must choose a new one at the next sign-in',
      'activities/emails/email-kinds > need not be changed when the import says so',
      defaults,
    ],
  },
  {
    id: 'sendEmails',
    text: '`sendEmails` send the e-mail with the import.',
    tests: [
      'formats/options > sendEmails: the e-mail goes out with the import; off, people can be invited later from the user list',
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
      'formats/options > sendEmails: the e-mail goes out with the import; off, people can be invited later from the user list',
      'api/emails/activation-requests > queues everybody it may in one mailing, and names the rest with reasons',
      defaults,
    ],
  },
  {
    id: 'message',
    text: '`message` personal text in the e-mail none',
    tests: ['formats/options > message: personal text placed in the e-mail; none by default', defaults],
  },
  {
    id: 'deliverTo',
    text: "`deliverTo` `user`, or `importer`: all activation e-mails go to the administrator's own address, for users who have none `user`",
    tests: [
      'formats/options > deliverTo: importer sends all activation e-mails to the administrator’s own address',
      'api/emails/activation-requests > sends to the contact of the key, for one person and for many',
      defaults,
    ],
  },
  {
    id: 'enrol',
    text: "`enrol` courses, collections and campaigns in which everyone in the file is enrolled, in addition to each row's own titles none",
    tests: [
      'formats/options > enrol: courses, collections and campaigns beside each row’s own titles, into their courses, with the reason',
      defaults,
    ],
  },
  {
    id: 'groups',
    text: '`groups` groups that everyone in the file joins. Existing users join only with `existing: update` none',
    tests: [
      'formats/options > groups: everybody in the file joins; users already there join only with existing: update',
      'activities/imports/apply-choices > existing: skip leaves the groups of people who are there alone',
      defaults,
    ],
  },
  {
    id: 'groupsMode',
    text: "`groupsMode` `add` users to the groups (from the file and from `groups`), `remove` users from them, or `replace` users' groups with them `add`",
    tests: [
      'formats/options > groupsMode: add to the groups, remove from them, or replace a user’s groups by them',
      'activities/imports/apply-choices > remove: people who are there leave them and no others; new people join none',
      'activities/imports/apply-choices > replace: they have those and no others',
      defaults,
    ],
  },
  {
    id: 'permissionSet',
    text: '`permissionSet` what everyone in the file may do the template decides whether it is required',
    tests: [
      'formats/options > permissionSet: what everybody in the file may do; the template decides whether it is required',
      defaults,
    ],
  },
  {
    id: 'invalidRows/reject',
    text: '`invalidRows` `reject`: one invalid row rejects the file.',
    tests: [
      'formats/options > invalidRows: reject lets one bad row reject the file',
      'activities/imports/validate-rows > invalidRows: reject refuses the file for one bad row and lists all of them',
    ],
  },
  {
    id: 'invalidRows/skip',
    text: '`skip`: valid rows continue. Invalid rows are reported and can be downloaded as a separate file with a reason column, to correct and upload again `skip`',
    tests: [
      'formats/options > invalidRows: skip lets good rows go on; bad rows come as a file with a reason column, to correct and upload again',
      'api/imports/errors-csv > with a reason column, in the file’s own columns, delimiter and encoding: %s',
      defaults,
    ],
  },
  {
    id: 'review',
    text: '`review` stop after validation, show what will happen, wait for confirmation on in the console, off in the API',
    tests: [
      'formats/options > review: stops after validation, shows what would happen, and waits for confirmation',
      'api/imports/plan > the plan says who is created, who changes from what to what, who gets an e-mail and what is wrong',
      'web/pages/new-import/new-import > leads from a file of a template to people, in as few steps as that takes',
      defaults,
    ],
    console: true,
  },
  {
    id: 'dryRun',
    text: '`dryRun` validate and report, write nothing `false`',
    tests: ['formats/options > dryRun: validates and reports, writes nothing', defaults],
  },
  {
    id: 'single-person',
    text: 'You can invite or create a single user with the same fields (D): address, company, groups, label (free text on the user), permission set, language, message.',
    tests: [
      'formats/single-person > with address, company, groups, label, permission set, language and message',
      'formats/single-person > by the rules of a row: with what a row would not be taken with, nobody comes into being',
      'api/people/users > a user with every field of a row is returned completely, and no e-mail is sent',
      'api/people/invitations > an invitation with every field creates no account and sends an e-mail',
    ],
  },
  {
    id: 'link/48-hours',
    text: 'An activation link is valid for 48 hours from when its e-mail was sent.',
    tests: [
      'formats/links > is valid for 48 hours from when its e-mail was sent, and says clearly when it has expired, offering a new one',
      'activities/emails/send-emails > gets one message for each person, with a link that lives 48 hours from its acceptance',
      'workflows/time > links work 47 hours and 59 minutes after their e-mail, and have expired after 48 hours',
    ],
  },
  {
    id: 'link/once',
    text: 'It works once.',
    tests: [
      'formats/links > opening it never uses it up: only completing the form does, and then it works once',
      'api/emails/activation-pages > a hundred at once: exactly one wins, the others read "already active"',
    ],
  },
  {
    id: 'link/expired',
    text: 'An expired link clearly says so and offers a new one.',
    tests: [
      'formats/links > is valid for 48 hours from when its e-mail was sent, and says clearly when it has expired, offering a new one',
      'api/emails/activation-pages > an expired link asks for a new one, which ends the old one and works',
    ],
  },
  {
    id: 'link/opening',
    text: 'Opening a link never uses it up (mail scanners open links); only completing the form does.',
    tests: [
      'formats/links > opening it never uses it up: only completing the form does, and then it works once',
      'api/emails/activation-pages > shows the form and uses nothing up, however often a scanner does it',
    ],
  },
  {
    id: 'report',
    text: 'When an import ends, the person who started it gets an e-mail with the counts and a link to the results (C).',
    tests: [
      'formats/links > when an import ends, the person who started it gets an e-mail with the counts and a link to the results',
      'activities/emails/send-report > the person who started an import gets its counts and a link, once',
    ],
  },
  {
    id: 'sets',
    text: 'Collections are sets of courses. Campaigns are sets of courses with a start and an end.',
    tests: [
      'formats/links > are sets of courses, a campaign with a start and an end; enrolling into either enrols into its courses, and records why',
      'api/catalogue/course-sets > a campaign ends after its start, even when a change names only one of the two',
    ],
  },
  {
    id: 'sets/enrolling',
    text: 'Enrolling a user in either enrols them in its courses and records why.',
    tests: [
      'formats/links > are sets of courses, a campaign with a start and an end; enrolling into either enrols into its courses, and records why',
      'formats/links > a campaign that is over enrols nobody',
    ],
  },
]
