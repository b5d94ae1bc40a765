import type { Texts } from './en.ts'

export const de: Texts = {
  mail: {
    greeting: (name) => `Guten Tag ${name},`,
    greetingWithoutName: 'Guten Tag,',
    messageFrom: (company) => `Nachricht von ${company}:`,
    linkBelow: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
    expires: (when) => `Der Link gilt einmal und läuft am ${when} ab. Danach bietet seine Seite einen neuen an.`,
    ignore: (company) => `Sie haben diese E-Mail nicht erwartet? Dann ignorieren Sie sie oder fragen Sie ${company}.`,
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    mustChange: 'Bei der ersten Anmeldung wählen Sie ein neues, eigenes Passwort.',
    forSomebody: {
      subject: (who, subject) => `Für ${who}: ${subject}`,
      line: (who) => `Diese E-Mail ist für ${who}. Bitte geben Sie sie weiter: Sie ging an niemanden sonst.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Aktivieren Sie Ihr Konto bei ${company}`,
      preview: (company) => `Wählen Sie ein Passwort für Ihr Konto bei ${company}.`,
      intro: (company) =>
        `${company} hat auf seiner Lernplattform ein Konto für Sie angelegt. Wählen Sie zuerst ein Passwort.`,
      button: 'Passwort wählen',
    },
    invitation: {
      subject: (company) => `${company} lädt Sie auf seine Lernplattform ein`,
      preview: (company) => `Nehmen Sie die Einladung von ${company} an und wählen Sie ein Passwort.`,
      intro: (company) =>
        `${company} lädt Sie auf seine Lernplattform ein. Um anzunehmen, wählen Sie ein Passwort: Damit entsteht Ihr Konto.`,
      button: 'Einladung annehmen',
    },
    password: {
      subject: (company) => `Ihr Passwort bei ${company}`,
      preview: (company) => `Das Passwort für Ihr Konto bei ${company}.`,
      intro: (company) =>
        `${company} hat Ihrem Konto auf seiner Lernplattform ein Passwort gegeben. Melden Sie sich mit dieser Adresse und diesem Passwort an:`,
      button: 'Anmelden',
    },
    welcome: {
      subject: (company) => `Ihr Konto bei ${company}`,
      preview: (company) => `Sie können sich jetzt bei ${company} anmelden.`,
      intro: (company) =>
        `${company} hat auf seiner Lernplattform ein Konto für Sie. Das Passwort erfahren Sie von der Verwaltung dort; Sie melden sich mit dieser Adresse an:`,
      button: 'Anmelden',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Import von ${file}: fertig`,
      rejected: (file) => `Import von ${file}: abgelehnt, nichts wurde geschrieben`,
      cancelled: (file) => `Import von ${file}: abgebrochen`,
      failed: (file) => `Import von ${file}: gescheitert`,
    },
    intros: {
      completed: (file) => `Der Import von ${file} ist fertig.`,
      rejected: (file) =>
        `Der Import von ${file} wurde abgelehnt. Nichts wurde geschrieben, und niemand hat eine E-Mail bekommen.`,
      cancelled: (file) => `Der Import von ${file} wurde abgebrochen. Was bis dahin getan war, bleibt.`,
      failed: (file) =>
        `Der Import von ${file} ist gescheitert und kann nicht fortgesetzt werden. Was bis dahin getan war, bleibt.`,
    },
    reason: 'Grund',
    counts: {
      records: 'Datensätze in der Datei',
      created: 'Angelegt',
      invited: 'Eingeladen',
      updated: 'Geändert',
      skipped: 'Unverändert',
      invalid: 'Mit Fehlern',
      assignments: 'Kurszuweisungen',
      emailsSent: 'E-Mails gesendet',
      emailsFailed: 'E-Mails abgewiesen',
    },
    button: 'Ergebnisse ansehen',
  },
  page: {
    forms: {
      activation: {
        title: 'Wählen Sie Ihr Passwort',
        intro: (company) =>
          `${company} hat auf seiner Lernplattform ein Konto für Sie angelegt. Wählen Sie ein Passwort, dann gehört es Ihnen.`,
        button: 'Mein Konto aktivieren',
      },
      invitation: {
        title: 'Einladung annehmen',
        intro: (company) =>
          `${company} lädt Sie auf seine Lernplattform ein. Wählen Sie ein Passwort: Damit entsteht Ihr Konto.`,
        button: 'Mein Konto anlegen',
      },
    },
    account: (email) => `Ihr Konto: ${email}`,
    passwordLabel: 'Passwort',
    passwordRule: (min) =>
      `Mindestens ${min} Zeichen. Erlaubt ist alles: Mehrere Wörter sind stark und leicht zu merken.`,
    errors: {
      tooShort: (min, found) => `Das sind ${found} Zeichen. Bitte nehmen Sie mindestens ${min}.`,
      tooLong: (max) => `Bitte nehmen Sie höchstens ${max} Zeichen.`,
      common: 'Dieses Passwort gehört zu denen, die zuerst erraten werden. Bitte wählen Sie ein anderes.',
      personal: 'Bitte wählen Sie ein Passwort, das nicht Ihr Name, Ihre E-Mail-Adresse oder Ihre Firma ist.',
    },
    strength: {
      tooShort: 'Zu kurz',
      tooLong: 'Zu lang',
      common: 'Leicht zu erraten: bitte ein anderes',
      personal: 'Kaum mehr als Ihr Name, Ihre Adresse oder Firma: bitte ein anderes',
      fair: 'Stärke: ausreichend',
      good: 'Stärke: gut',
      strong: 'Stärke: sehr gut',
    },
    show: 'Anzeigen',
    hide: 'Verbergen',
    doneTitle: 'Ihr Konto ist aktiv',
    done: (company) =>
      `Ihr Passwort ist gespeichert. Sie können sich jetzt auf der Lernplattform von ${company} anmelden.`,
    usedTitle: 'Dieses Konto ist schon aktiv',
    used: 'Es hat schon ein Passwort. Melden Sie sich damit an; diesen Link brauchen Sie nicht mehr.',
    platform: 'Zur Plattform',
    expiredTitle: 'Dieser Link ist abgelaufen',
    expired: (when) => `Er ist am ${when} abgelaufen. Sollen wir Ihnen einen neuen senden?`,
    endedTitle: 'Es gibt einen neueren Link',
    ended:
      'Eine neuere E-Mail ist an die Stelle dieser getreten. Bitte nehmen Sie den Link aus der letzten E-Mail, die Sie von uns bekommen haben.',
    endedRenew: 'Sie finden sie nicht? Wir können Ihnen noch eine senden.',
    renewButton: 'Neuen Link senden',
    renewedTitle: 'Sehen Sie in Ihr Postfach',
    renewed:
      'Wenn dieser Link zu einem Konto gehört, das noch auf sein Passwort wartet, oder zu einer offenen Einladung, ist eine neue E-Mail dorthin unterwegs, wohin die letzte ging. Das kann einige Minuten dauern. Ältere Links gelten nicht mehr.',
    disabledTitle: 'Dieses Konto ist abgeschaltet',
    disabled: (company) => `Bitte fragen Sie die Verwaltung von ${company}.`,
    unknownTitle: 'Diesen Link kennen wir nicht',
    unknown:
      'Bitte öffnen Sie den Link in der E-Mail noch einmal oder kopieren Sie ihn ganz: Vielleicht wurde er abgeschnitten.',
    busyTitle: 'Zu viele Anfragen',
    busy: 'Bitte warten Sie einen Moment und versuchen Sie es noch einmal.',
  },
}
