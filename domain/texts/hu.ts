import type { Texts } from './en.ts'

export const hu: Texts = {
  mail: {
    greeting: (name) => `Kedves ${name}!`,
    greetingWithoutName: 'Jó napot kívánunk!',
    messageFrom: (company) => `${company} üzenete:`,
    linkBelow: 'Ha a gomb nem működik, másolja ezt a címet a böngészőjébe:',
    expires: (when) => `A hivatkozás egyszer használható. Lejár: ${when}. Utána az oldala újat kínál.`,
    ignore: (company) => `Nem számított erre az e-mailre? Hagyja figyelmen kívül, vagy kérdezze meg: ${company}.`,
    email: 'E-mail-cím',
    password: 'Jelszó',
    mustChange: 'Az első bejelentkezéskor új, saját jelszót választ.',
    forSomebody: {
      subject: (who, subject) => `${who} részére: ${subject}`,
      line: (who) => `Ez az e-mail neki szól: ${who}. Kérjük, adja tovább: senki más nem kapta meg.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Aktiválja fiókját: ${company}`,
      preview: (company) => `Válasszon jelszót a fiókjához (${company}).`,
      intro: (company) =>
        `A(z) ${company} fiókot hozott létre Önnek a tanulási platformján. Első lépésként válasszon jelszót.`,
      button: 'Jelszó választása',
    },
    invitation: {
      subject: (company) => `Meghívó a tanulási platformra: ${company}`,
      preview: (company) => `Fogadja el a meghívást (${company}), és válasszon jelszót.`,
      intro: (company) =>
        `A(z) ${company} meghívja Önt a tanulási platformjára. Az elfogadáshoz válasszon jelszót: ezzel létrejön a fiókja.`,
      button: 'Meghívás elfogadása',
    },
    password: {
      subject: (company) => `Az Ön jelszava: ${company}`,
      preview: (company) => `A fiókjához (${company}) tartozó jelszó.`,
      intro: (company) =>
        `A(z) ${company} jelszót adott az Ön fiókjához a tanulási platformján. Jelentkezzen be ezzel a címmel és ezzel a jelszóval:`,
      button: 'Bejelentkezés',
    },
    welcome: {
      subject: (company) => `Az Ön fiókja: ${company}`,
      preview: (company) => `Mostantól bejelentkezhet (${company}).`,
      intro: (company) =>
        `A(z) ${company} tanulási platformján fiókja van. A jelszót az ottani rendszergazda közli Önnel; ezzel a címmel jelentkezzen be:`,
      button: 'Bejelentkezés',
    },
  },
  report: {
    subjects: {
      completed: (file) => `${file} importálása: kész`,
      rejected: (file) => `${file} importálása: elutasítva, semmi sem íródott be`,
      cancelled: (file) => `${file} importálása: megszakítva`,
      failed: (file) => `${file} importálása: sikertelen`,
    },
    intros: {
      completed: (file) => `A(z) ${file} importálása elkészült.`,
      rejected: (file) => `A(z) ${file} importálását elutasítottuk. Semmi sem íródott be, és senki sem kapott e-mailt.`,
      cancelled: (file) => `A(z) ${file} importálását megszakították. Ami addig elkészült, megmarad.`,
      failed: (file) => `A(z) ${file} importálása nem sikerült, és nem folytatható. Ami addig elkészült, megmarad.`,
    },
    reason: 'Ok',
    counts: {
      records: 'Rekordok a fájlban',
      created: 'Létrehozva',
      invited: 'Meghívva',
      updated: 'Módosítva',
      skipped: 'Változatlan',
      invalid: 'Hibás',
      assignments: 'Tanfolyam-hozzárendelések',
      emailsSent: 'Elküldött e-mailek',
      emailsFailed: 'Visszautasított e-mailek',
    },
    button: 'Eredmények megtekintése',
  },
  page: {
    forms: {
      activation: {
        title: 'Válasszon jelszót',
        intro: (company) =>
          `A(z) ${company} fiókot hozott létre Önnek a tanulási platformján. Válasszon jelszót, és a fiók az Öné.`,
        button: 'Fiók aktiválása',
      },
      invitation: {
        title: 'Meghívás elfogadása',
        intro: (company) =>
          `A(z) ${company} meghívja Önt a tanulási platformjára. Válasszon jelszót: ezzel létrejön a fiókja.`,
        button: 'Fiók létrehozása',
      },
    },
    account: (email) => `Az Ön fiókja: ${email}`,
    passwordLabel: 'Jelszó',
    passwordRule: (min) => `Legalább ${min} karakter. Bármi lehet: több szó együtt erős és könnyen megjegyezhető.`,
    errors: {
      tooShort: (min, found) => `Ez ${found} karakter. Adjon meg legalább ${min} karaktert.`,
      tooLong: (max) => `Legfeljebb ${max} karaktert adjon meg.`,
      common: 'Ez a jelszó azok közé tartozik, amelyeket elsőként kitalálnak. Válasszon másikat.',
      personal: 'Olyan jelszót válasszon, amely nem a neve, az e-mail-címe vagy a cége.',
    },
    strength: {
      tooShort: 'Túl rövid',
      tooLong: 'Túl hosszú',
      common: 'Könnyen kitalálható: válasszon másikat',
      personal: 'Alig több a nevénél, címénél vagy cégénél: válasszon másikat',
      fair: 'Erősség: elfogadható',
      good: 'Erősség: jó',
      strong: 'Erősség: nagyon jó',
    },
    show: 'Mutat',
    hide: 'Elrejt',
    doneTitle: 'A fiókja aktív',
    done: (company) => `A jelszavát elmentettük. Mostantól bejelentkezhet a tanulási platformra (${company}).`,
    usedTitle: 'Ez a fiók már aktív',
    used: 'Már van jelszava. Azzal jelentkezzen be; erre a hivatkozásra nincs többé szükség.',
    platform: 'Tovább a platformra',
    expiredTitle: 'Ez a hivatkozás lejárt',
    expired: (when) => `Lejárt: ${when}. Küldjünk Önnek újat?`,
    endedTitle: 'Van újabb hivatkozás',
    ended: 'Ezt egy újabb e-mail váltotta fel. Használja a tőlünk kapott legutóbbi e-mail hivatkozását.',
    endedRenew: 'Nem találja? Küldhetünk Önnek egy másikat.',
    renewButton: 'Új hivatkozást kérek',
    renewedTitle: 'Nézze meg a postaládáját',
    renewed:
      'Ha ez a hivatkozás olyan fiókhoz tartozik, amely még jelszóra vár, vagy egy nyitott meghívóhoz, egy új e-mail már úton van oda, ahová a legutóbbi ment. Ez néhány percig is eltarthat. A régebbi hivatkozások már nem működnek.',
    disabledTitle: 'Ez a fiók ki van kapcsolva',
    disabled: (company) => `Forduljon a rendszergazdához (${company}).`,
    unknownTitle: 'Ezt a hivatkozást nem ismerjük',
    unknown: 'Nyissa meg újra az e-mailben lévő hivatkozást, vagy másolja ki teljes egészében: lehet, hogy levágódott.',
    busyTitle: 'Túl sok kérés',
    busy: 'Várjon egy kicsit, és próbálja újra.',
  },
}
