import type { Texts } from './en.ts'

export const nl: Texts = {
  mail: {
    greeting: (name) => `Hallo ${name},`,
    greetingWithoutName: 'Hallo,',
    messageFrom: (company) => `Bericht van ${company}:`,
    linkBelow: 'Werkt de knop niet? Kopieer dan dit adres in uw browser:',
    expires: (when) =>
      `De link werkt één keer en verloopt op ${when}. Daarna kunt u op dezelfde pagina een nieuwe aanvragen.`,
    ignore: (company) => `Verwachtte u deze e-mail niet? Negeer deze dan of vraag het na bij ${company}.`,
    email: 'E-mailadres',
    password: 'Wachtwoord',
    mustChange: 'Bij de eerste keer inloggen kiest u een nieuw, eigen wachtwoord.',
    forSomebody: {
      subject: (who, subject) => `Voor ${who}: ${subject}`,
      line: (who) => `Deze e-mail is voor ${who}. Stuur deze alstublieft door: niemand anders heeft hem ontvangen.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Activeer uw account bij ${company}`,
      preview: (company) => `Kies een wachtwoord voor uw account bij ${company}.`,
      intro: (company) =>
        `${company} heeft op het leerplatform een account voor u aangemaakt. Kies om te beginnen een wachtwoord.`,
      button: 'Wachtwoord kiezen',
    },
    invitation: {
      subject: (company) => `Uitnodiging voor het leerplatform van ${company}`,
      preview: (company) => `Accepteer de uitnodiging van ${company} en kies een wachtwoord.`,
      intro: (company) =>
        `${company} nodigt u uit voor het leerplatform. Kies een wachtwoord om de uitnodiging te accepteren; daarmee wordt uw account aangemaakt.`,
      button: 'Uitnodiging accepteren',
    },
    password: {
      subject: (company) => `Uw wachtwoord bij ${company}`,
      preview: (company) => `Het wachtwoord voor uw account bij ${company}.`,
      intro: (company) =>
        `${company} heeft voor uw account op het leerplatform een wachtwoord ingesteld. Log in met dit adres en dit wachtwoord:`,
      button: 'Inloggen',
    },
    welcome: {
      subject: (company) => `Uw account bij ${company}`,
      preview: (company) => `U kunt nu inloggen bij ${company}.`,
      intro: (company) =>
        `${company} heeft op het leerplatform een account voor u. Het wachtwoord krijgt u van de beheerder; log in met dit adres:`,
      button: 'Inloggen',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Import van ${file}: klaar`,
      checked: (file) => `Proef met ${file}: gecontroleerd, er is niets opgeslagen`,
      rejected: (file) => `Import van ${file}: geweigerd, er is niets opgeslagen`,
      cancelled: (file) => `Import van ${file}: geannuleerd`,
      failed: (file) => `Import van ${file}: mislukt`,
    },
    intros: {
      completed: (file) => `De import van ${file} is klaar.`,
      checked: (file) =>
        `De proef met ${file} is klaar. Er is niets opgeslagen en niemand heeft een e-mail gekregen. Dit zou een import doen:`,
      rejected: (file) =>
        `De import van ${file} is geweigerd. Er is niets opgeslagen en niemand heeft een e-mail gekregen.`,
      cancelled: (file) => `De import van ${file} is geannuleerd. Wat al was verwerkt, blijft behouden.`,
      failed: (file) =>
        `De import van ${file} is mislukt en kan niet worden hervat. Wat al was verwerkt, blijft behouden.`,
    },
    reason: 'Reden',
    counts: {
      records: 'Records in het bestand',
      created: 'Aangemaakt',
      invited: 'Uitgenodigd',
      updated: 'Gewijzigd',
      skipped: 'Ongewijzigd',
      invalid: 'Met fouten',
      assignments: 'Cursustoewijzingen',
      emailsSent: 'E-mails verzonden',
      emailsFailed: 'E-mails geweigerd',
    },
    button: 'Resultaten bekijken',
  },
  page: {
    forms: {
      activation: {
        title: 'Kies uw wachtwoord',
        intro: (company) =>
          `${company} heeft op het leerplatform een account voor u aangemaakt. Kies een wachtwoord om het te activeren.`,
        button: 'Mijn account activeren',
      },
      invitation: {
        title: 'Uitnodiging accepteren',
        intro: (company) =>
          `${company} nodigt u uit voor het leerplatform. Kies een wachtwoord om uw account aan te maken.`,
        button: 'Mijn account aanmaken',
      },
    },
    account: (email) => `Uw account: ${email}`,
    passwordLabel: 'Wachtwoord',
    passwordRule: (min) =>
      `Minstens ${min} tekens, alle zijn toegestaan. Een paar woorden zijn sterk en makkelijk te onthouden.`,
    errors: {
      tooShort: (min, found) =>
        `Dit ${found === 1 ? 'is 1 teken' : `zijn ${found} tekens`}. Gebruik er minstens ${min}.`,
      tooLong: (max) => `Gebruik hoogstens ${max} tekens.`,
      common: 'Dit wachtwoord is een van de eerste die worden geprobeerd. Kies een ander.',
      personal: 'Kies een wachtwoord dat niet uw naam, e-mailadres of bedrijfsnaam is.',
    },
    strength: {
      tooShort: 'Te kort',
      tooLong: 'Te lang',
      common: 'Makkelijk te raden: kies een ander',
      personal: 'Weinig meer dan uw naam, adres of bedrijf: kies een ander',
      fair: 'Sterkte: voldoende',
      good: 'Sterkte: goed',
      strong: 'Sterkte: zeer goed',
    },
    show: 'Tonen',
    hide: 'Verbergen',
    doneTitle: 'Uw account is actief',
    done: (company) => `Uw wachtwoord is opgeslagen. U kunt nu inloggen op het leerplatform van ${company}.`,
    usedTitle: 'Dit account is al actief',
    used: 'Het heeft al een wachtwoord: log daarmee in. Deze link hebt u niet meer nodig.',
    platform: 'Naar het platform',
    expiredTitle: 'Deze link is verlopen',
    expired: (when) => `De link is verlopen op ${when}. Zullen we u een nieuwe sturen?`,
    endedTitle: 'Er is een nieuwere link',
    ended:
      'Een nieuwere e-mail heeft deze vervangen. Gebruik de link in de laatste e-mail die u van ons hebt gekregen.',
    endedRenew: 'Kunt u hem niet vinden? We kunnen u er nog een sturen.',
    renewButton: 'Stuur mij een nieuwe link',
    renewedTitle: 'Kijk in uw inbox',
    renewed:
      'Als deze link bij een account hoort dat nog op een wachtwoord wacht, of bij een open uitnodiging, is er een nieuwe e-mail onderweg naar hetzelfde adres als de vorige. Dat kan enkele minuten duren. Oudere links werken niet meer.',
    disabledTitle: 'Dit account is uitgeschakeld',
    disabled: (company) => `Neem contact op met de beheerder van ${company}.`,
    unknownTitle: 'Deze link kennen we niet',
    unknown: 'Open de link in de e-mail opnieuw of kopieer hem helemaal: misschien is er een stuk afgevallen.',
    busyTitle: 'Te veel verzoeken',
    busy: 'Wacht even en probeer het dan opnieuw.',
    failedTitle: 'Er ging iets mis',
    failed: 'De fout ligt bij ons, niet aan uw link. Probeer het over een paar minuten opnieuw.',
  },
}
