import type { Texts } from './en.ts'

export const nl: Texts = {
  activation: {
    subject: (company) => `Activeer uw account bij ${company}`,
    preview: (company) => `Kies een wachtwoord voor uw account bij ${company}.`,
    greeting: (name) => `Hallo ${name},`,
    intro: (company) =>
      `${company} heeft op zijn leerplatform een account voor u aangemaakt. Kies om te beginnen een wachtwoord.`,
    messageFrom: (company) => `Bericht van ${company}:`,
    button: 'Wachtwoord kiezen',
    linkBelow: 'Werkt de knop niet? Kopieer dan dit adres naar uw browser:',
    expires: (when) => `De link werkt één keer en verloopt op ${when}. Daarna biedt de pagina een nieuwe aan.`,
    ignore: (company) => `Verwachtte u deze e-mail niet? Negeer hem dan of vraag het aan ${company}.`,
  },
  report: {
    subjects: {
      completed: (file) => `Import van ${file}: klaar`,
      rejected: (file) => `Import van ${file}: geweigerd, er is niets geschreven`,
      cancelled: (file) => `Import van ${file}: geannuleerd`,
      failed: (file) => `Import van ${file}: mislukt`,
    },
    intros: {
      completed: (file) => `De import van ${file} is klaar.`,
      rejected: (file) =>
        `De import van ${file} is geweigerd. Er is niets geschreven en niemand heeft een e-mail gekregen.`,
      cancelled: (file) => `De import van ${file} is geannuleerd. Wat al gedaan was, blijft.`,
      failed: (file) => `De import van ${file} is mislukt en kan niet worden hervat. Wat al gedaan was, blijft.`,
    },
    reason: 'Reden',
    counts: {
      records: 'Records in het bestand',
      created: 'Aangemaakt',
      updated: 'Gewijzigd',
      skipped: 'Ongewijzigd',
      invalid: 'Met fouten',
      assignments: 'Cursustoewijzingen',
      emailsSent: 'E-mails verzonden',
      emailsFailed: 'E-mails geweigerd',
    },
    button: 'Resultaten bekijken',
    linkBelow: 'Werkt de knop niet? Kopieer dan dit adres naar uw browser:',
  },
  page: {
    activateTitle: 'Kies uw wachtwoord',
    invited: (company) =>
      `${company} heeft op zijn leerplatform een account voor u aangemaakt. Kies een wachtwoord, dan is het van u.`,
    account: (email) => `Uw account: ${email}`,
    passwordLabel: 'Wachtwoord',
    passwordRule: (min) => `Minstens ${min} tekens. Alles mag: een paar woorden zijn sterk en makkelijk te onthouden.`,
    activateButton: 'Mijn account activeren',
    errors: {
      tooShort: (min, found) => `Dit zijn ${found} tekens. Gebruik er minstens ${min}.`,
      tooLong: (max) => `Gebruik hoogstens ${max} tekens.`,
      common: 'Dit wachtwoord hoort bij de wachtwoorden die het eerst worden geraden. Kies een ander.',
      personal: 'Kies een wachtwoord dat niet uw naam, e-mailadres of bedrijf is.',
    },
    doneTitle: 'Uw account is actief',
    done: (company) => `Uw wachtwoord is opgeslagen. U kunt nu inloggen op het leerplatform van ${company}.`,
    usedTitle: 'Dit account is al actief',
    used: 'Met deze link is al een wachtwoord gekozen. Log daarmee in; de link hebt u niet meer nodig.',
    platform: 'Naar het platform',
    expiredTitle: 'Deze link is verlopen',
    expired: (when) => `Hij is verlopen op ${when}. Zullen we u een nieuwe sturen?`,
    endedTitle: 'Er is een nieuwere link',
    ended: 'Een nieuwere e-mail vervangt deze. Gebruik de link in de laatste e-mail die u van ons hebt gekregen.',
    endedRenew: 'Kunt u hem niet vinden? We kunnen u er nog een sturen.',
    renewButton: 'Stuur mij een nieuwe link',
    renewedTitle: 'Kijk in uw postvak',
    renewed:
      'Als deze link bij een account hoort dat nog op een wachtwoord wacht, is er een nieuwe e-mail onderweg naar het adres van dat account. Dat kan enkele minuten duren. Oudere links werken niet meer.',
    disabledTitle: 'Dit account is uitgeschakeld',
    disabled: (company) => `Vraag het aan de beheerder van ${company}.`,
    unknownTitle: 'Deze link kennen we niet',
    unknown: 'Open de link in de e-mail opnieuw of kopieer hem helemaal: misschien is hij afgebroken.',
    busyTitle: 'Te veel verzoeken',
    busy: 'Wacht even en probeer het dan opnieuw.',
  },
}
