/**
 * Every text of e-mails and activation pages. The other languages have this type, so a missing text does not compile.
 * `when` is a date with its time and zone, already formatted for the recipient.
 */
export const en = {
  /** Texts that all e-mails to users share. */
  mail: {
    greeting: (name: string) => `Hello ${name},`,
    greetingWithoutName: 'Hello,',
    messageFrom: (company: string) => `Message from ${company}:`,
    linkBelow: 'If the button does not work, copy this address into your browser:',
    expires: (when: string) =>
      `The link works once and runs out on ${when}. After that, the same page offers you a new one.`,
    ignore: (company: string) => `If you did not expect this e-mail, ignore it or ask ${company}.`,
    email: 'E-mail address',
    password: 'Password',
    mustChange: 'At your first sign-in you will choose a new password of your own.',
    /** Texts of an e-mail that goes to the importer, who passes it on to the user. */
    forSomebody: {
      subject: (who: string, subject: string) => `For ${who}: ${subject}`,
      line: (who: string) => `This e-mail is for ${who}. Please pass it on: it was sent to nobody else.`,
    },
  },
  /** Texts of each kind of e-mail. */
  mails: {
    activation: {
      subject: (company: string) => `Activate your account at ${company}`,
      preview: (company: string) => `Choose a password for your account at ${company}.`,
      intro: (company: string) =>
        `${company} has created an account for you on its learning platform. To start, choose a password.`,
      button: 'Choose a password',
    },
    invitation: {
      subject: (company: string) => `${company} invites you to its learning platform`,
      preview: (company: string) => `Accept the invitation of ${company} and choose a password.`,
      intro: (company: string) =>
        `${company} invites you to its learning platform. To accept, choose a password; that creates your account.`,
      button: 'Accept the invitation',
    },
    password: {
      subject: (company: string) => `Your password at ${company}`,
      preview: (company: string) => `The password for your account at ${company}.`,
      intro: (company: string) =>
        `${company} has given your account on its learning platform a password. Sign in with this address and this password:`,
      button: 'Sign in',
    },
    welcome: {
      subject: (company: string) => `Your account at ${company}`,
      preview: (company: string) => `You can sign in at ${company} now.`,
      intro: (company: string) =>
        `${company} has an account for you on its learning platform. The administrator there will tell you the password; sign in with this address:`,
      button: 'Sign in',
    },
  },
  report: {
    subjects: {
      completed: (file: string) => `Import of ${file}: done`,
      /** The import was a dry run. */
      checked: (file: string) => `Dry run of ${file}: checked, nothing was written`,
      rejected: (file: string) => `Import of ${file}: refused, nothing was written`,
      cancelled: (file: string) => `Import of ${file}: cancelled`,
      failed: (file: string) => `Import of ${file}: failed`,
    },
    intros: {
      completed: (file: string) => `The import of ${file} is done.`,
      checked: (file: string) =>
        `The dry run of ${file} is done. Nothing was written and nobody got an e-mail. This is what an import would do:`,
      rejected: (file: string) => `The import of ${file} was refused. Nothing was written and nobody got an e-mail.`,
      cancelled: (file: string) => `The import of ${file} was cancelled. What was done before stays.`,
      failed: (file: string) => `The import of ${file} failed and cannot be resumed. What was done before stays.`,
    },
    reason: 'Reason',
    counts: {
      records: 'Records in the file',
      created: 'Created',
      invited: 'Invited',
      updated: 'Changed',
      skipped: 'Unchanged',
      invalid: 'With errors',
      assignments: 'Course assignments',
      emailsSent: 'E-mails sent',
      emailsFailed: 'E-mails refused',
    },
    button: 'See the results',
  },
  page: {
    forms: {
      activation: {
        title: 'Choose your password',
        intro: (company: string) =>
          `${company} has created an account for you on its learning platform. Choose a password to activate it.`,
        button: 'Activate my account',
      },
      invitation: {
        title: 'Accept the invitation',
        intro: (company: string) =>
          `${company} invites you to its learning platform. Choose a password to create your account.`,
        button: 'Create my account',
      },
    },
    account: (email: string) => `Your account: ${email}`,
    passwordLabel: 'Password',
    passwordRule: (min: number) =>
      `At least ${min} characters of any kind. Several words are strong and easy to remember.`,
    errors: {
      tooShort: (min: number, found: number) =>
        `This has ${found} ${found === 1 ? 'character' : 'characters'}. Please use at least ${min}.`,
      tooLong: (max: number) => `Please use at most ${max} characters.`,
      common: 'This password is among those that are guessed first. Please choose another one.',
      personal: 'Please choose a password that is not your name, e-mail address or company.',
    },
    /** Shown next to the field while the user types. One line on a phone, two at most. */
    strength: {
      tooShort: 'Too short',
      tooLong: 'Too long',
      common: 'Easy to guess: choose another',
      personal: 'Little more than your name, address or company: choose another',
      fair: 'Strength: fair',
      good: 'Strength: good',
      strong: 'Strength: strong',
    },
    show: 'Show',
    hide: 'Hide',
    doneTitle: 'Your account is active',
    done: (company: string) => `Your password is saved. You can now sign in at ${company}'s learning platform.`,
    usedTitle: 'This account is already active',
    used: 'It already has a password. Sign in with that one; you no longer need this link.',
    platform: 'Go to the platform',
    expiredTitle: 'This link has run out',
    expired: (when: string) => `It ran out on ${when}. Shall we send you a new one?`,
    endedTitle: 'There is a newer link',
    ended: 'A newer e-mail has replaced this one. Please use the link in the latest e-mail that you got from us.',
    endedRenew: 'Cannot find it? We can send you another one.',
    renewButton: 'Send me a new link',
    renewedTitle: 'Check your inbox',
    renewed:
      'If this link belongs to an account that waits for its password, or to an open invitation, a new e-mail is on its way to where the last one went. It can take a few minutes. Older links no longer work.',
    disabledTitle: 'This account is switched off',
    disabled: (company: string) => `Please ask the administrator of ${company}.`,
    unknownTitle: 'We do not know this link',
    unknown: 'Please open the link from the e-mail again, or copy it whole: it may have been cut off.',
    busyTitle: 'Too many requests',
    busy: 'Please wait a moment and try again.',
    failedTitle: 'Something went wrong',
    failed: 'The fault is ours, not that of your link. Please try again in a few minutes.',
  },
}

export type Texts = typeof en
export type ReportStatus = keyof Texts['report']['subjects']
