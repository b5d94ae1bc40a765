import type { Texts } from './en.ts'

export const de: Texts = {
  mail: {
    greeting: (name) => `Guten Tag ${name},`,
    greetingWithoutName: 'Guten Tag,',
    messageFrom: (company) => `Nachricht von ${company}:`,
    linkBelow: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
    expires: (when) =>
      `Der Link funktioniert einmal und läuft am ${when} ab. Danach können Sie auf derselben Seite einen neuen anfordern.`,
    ignore: (company) =>
      `Sie haben diese E-Mail nicht erwartet? Dann ignorieren Sie sie oder fragen Sie bei ${company} nach.`,
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    mustChange: 'Bei der ersten Anmeldung legen Sie ein neues, eigenes Passwort fest.',
    forSomebody: {
      subject: (who, subject) => `Für ${who}: ${subject}`,
      line: (who) =>
        `Diese E-Mail ist für ${who} bestimmt. Bitte leiten Sie sie weiter: Niemand sonst hat sie erhalten.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Aktivieren Sie Ihr Konto bei ${company}`,
      preview: (company) => `Legen Sie ein Passwort für Ihr Konto bei ${company} fest.`,
      intro: (company) =>
        `${company} hat auf der Lernplattform ein Konto für Sie angelegt. Legen Sie zuerst ein Passwort fest.`,
      button: 'Passwort festlegen',
    },
    invitation: {
      subject: (company) => `Einladung zur Lernplattform von ${company}`,
      preview: (company) => `Nehmen Sie die Einladung von ${company} an und legen Sie ein Passwort fest.`,
      intro: (company) =>
        `${company} lädt Sie auf die Lernplattform ein. Um die Einladung anzunehmen, legen Sie ein Passwort fest; damit wird Ihr Konto angelegt.`,
      button: 'Einladung annehmen',
    },
    password: {
      subject: (company) => `Ihr Passwort bei ${company}`,
      preview: (company) => `Das Passwort für Ihr Konto bei ${company}.`,
      intro: (company) =>
        `${company} hat für Ihr Konto auf der Lernplattform ein Passwort festgelegt. Melden Sie sich mit dieser Adresse und diesem Passwort an:`,
      button: 'Anmelden',
    },
    welcome: {
      subject: (company) => `Ihr Konto bei ${company}`,
      preview: (company) => `Sie können sich jetzt bei ${company} anmelden.`,
      intro: (company) =>
        `${company} hat auf der Lernplattform ein Konto für Sie. Das Passwort erhalten Sie von Ihrer Administration; melden Sie sich mit dieser Adresse an:`,
      button: 'Anmelden',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Import von ${file}: fertig`,
      checked: (file) => `Probelauf von ${file}: geprüft, nichts wurde übernommen`,
      rejected: (file) => `Import von ${file}: abgelehnt, nichts wurde übernommen`,
      cancelled: (file) => `Import von ${file}: abgebrochen`,
      failed: (file) => `Import von ${file}: fehlgeschlagen`,
    },
    intros: {
      completed: (file) => `Der Import von ${file} ist fertig.`,
      checked: (file) =>
        `Der Probelauf von ${file} ist fertig. Nichts wurde übernommen, und niemand hat eine E-Mail erhalten. Das würde ein Import tun:`,
      rejected: (file) =>
        `Der Import von ${file} wurde abgelehnt. Nichts wurde übernommen, und niemand hat eine E-Mail erhalten.`,
      cancelled: (file) => `Der Import von ${file} wurde abgebrochen. Was bis dahin erledigt war, bleibt bestehen.`,
      failed: (file) =>
        `Der Import von ${file} ist fehlgeschlagen und kann nicht fortgesetzt werden. Was bis dahin erledigt war, bleibt bestehen.`,
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
        title: 'Passwort festlegen',
        intro: (company) =>
          `${company} hat auf der Lernplattform ein Konto für Sie angelegt. Legen Sie ein Passwort fest, um es zu aktivieren.`,
        button: 'Mein Konto aktivieren',
      },
      invitation: {
        title: 'Einladung annehmen',
        intro: (company) =>
          `${company} lädt Sie auf die Lernplattform ein. Legen Sie ein Passwort fest; damit wird Ihr Konto angelegt.`,
        button: 'Mein Konto anlegen',
      },
    },
    account: (email) => `Ihr Konto: ${email}`,
    passwordLabel: 'Passwort',
    passwordRule: (min) =>
      `Mindestens ${min} Zeichen, alle sind erlaubt. Mehrere Wörter sind sicher und leicht zu merken.`,
    errors: {
      tooShort: (min, found) => `Das sind ${found} Zeichen. Bitte verwenden Sie mindestens ${min}.`,
      tooLong: (max) => `Bitte verwenden Sie höchstens ${max} Zeichen.`,
      common: 'Dieses Passwort gehört zu denen, die zuerst ausprobiert werden. Bitte wählen Sie ein anderes.',
      personal: 'Das ist kaum mehr als Ihr Name, Ihre Adresse oder Ihre Firma. Bitte wählen Sie ein anderes.',
    },
    strength: {
      tooShort: 'Zu kurz',
      tooLong: 'Zu lang',
      common: 'Leicht zu erraten: bitte ein anderes wählen',
      personal: 'Kaum mehr als Name, Adresse oder Firma: bitte ein anderes wählen',
      fair: 'Stärke: ausreichend',
      good: 'Stärke: gut',
      strong: 'Stärke: sehr gut',
    },
    show: 'Anzeigen',
    hide: 'Verbergen',
    doneTitle: 'Ihr Konto ist aktiv',
    done: (company) =>
      `Ihr Passwort ist gespeichert. Sie können sich jetzt auf der Lernplattform von ${company} anmelden.`,
    usedTitle: 'Dieses Konto ist bereits aktiv',
    used: 'Es hat bereits ein Passwort. Melden Sie sich damit an; diesen Link brauchen Sie nicht mehr.',
    platform: 'Zur Plattform',
    expiredTitle: 'Dieser Link ist abgelaufen',
    expired: (when) => `Er ist am ${when} abgelaufen. Sollen wir Ihnen einen neuen senden?`,
    endedTitle: 'Es gibt einen neueren Link',
    ended:
      'Diese E-Mail wurde durch eine neuere ersetzt. Bitte verwenden Sie den Link aus der letzten E-Mail, die Sie von uns erhalten haben.',
    endedRenew: 'Sie finden sie nicht? Wir können Ihnen noch eine senden.',
    renewButton: 'Neuen Link anfordern',
    renewedTitle: 'Bitte sehen Sie in Ihr Postfach',
    renewed:
      'Gehört dieser Link zu einem Konto, das noch kein Passwort hat, oder zu einer offenen Einladung, so ist eine neue E-Mail an dieselbe Adresse wie die letzte unterwegs. Das kann einige Minuten dauern. Ältere Links funktionieren nicht mehr.',
    disabledTitle: 'Dieses Konto ist deaktiviert',
    disabled: (company) => `Bitte wenden Sie sich an die Administration von ${company}.`,
    unknownTitle: 'Diesen Link kennen wir nicht',
    unknown:
      'Bitte öffnen Sie den Link in der E-Mail noch einmal oder kopieren Sie ihn ganz: Vielleicht wurde er abgeschnitten.',
    busyTitle: 'Zu viele Anfragen',
    busy: 'Bitte warten Sie einen Moment und versuchen Sie es noch einmal.',
    failedTitle: 'Das hat nicht geklappt',
    failed: 'Der Fehler liegt bei uns, nicht an Ihrem Link. Bitte versuchen Sie es in einigen Minuten noch einmal.',
  },
}
