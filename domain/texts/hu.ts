import type { Texts } from './en.ts'
import { withArticle } from './hungarian-article.ts'

export const hu: Texts = {
  mail: {
    greeting: (name) => `Kedves ${name}!`,
    greetingWithoutName: 'Jó napot kívánunk!',
    messageFrom: (company) => `${company} üzenete:`,
    linkBelow: 'Ha a gomb nem működik, másolja ezt a címet a böngészőjébe:',
    expires: (when) =>
      `A hivatkozás egyszer használható, és ekkor jár le: ${when}. Utána ugyanazon az oldalon kérhet újat.`,
    ignore: (company) => `Nem számított erre az e-mailre? Hagyja figyelmen kívül, vagy érdeklődjön itt: ${company}.`,
    email: 'E-mail-cím',
    password: 'Jelszó',
    mustChange: 'Az első bejelentkezéskor új, saját jelszót kell választania.',
    forSomebody: {
      subject: (who, subject) => `${who} részére: ${subject}`,
      line: (who) => `Ez az e-mail neki szól: ${who}. Kérjük, továbbítsa: senki más nem kapta meg.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Aktiválja fiókját: ${company}`,
      preview: (company) => `Válasszon jelszót a fiókjához (${company}).`,
      intro: (company) =>
        `${withArticle(company)} fiókot hozott létre Önnek a tanulási platformján. Első lépésként válasszon jelszót.`,
      button: 'Jelszó választása',
    },
    invitation: {
      subject: (company) => `Meghívó a tanulási platformra: ${company}`,
      preview: (company) => `Fogadja el a meghívást (${company}), és válasszon jelszót.`,
      intro: (company) =>
        `${withArticle(company)} meghívja Önt a tanulási platformjára. Az elfogadáshoz válasszon jelszót: ezzel létrejön a fiókja.`,
      button: 'Meghívás elfogadása',
    },
    password: {
      subject: (company) => `Jelszó a fiókjához (${company})`,
      preview: (company) => `A fiókjához (${company}) tartozó jelszó.`,
      intro: (company) =>
        `${withArticle(company)} jelszót állított be az Ön fiókjához a tanulási platformján. Jelentkezzen be ezzel a címmel és ezzel a jelszóval:`,
      button: 'Bejelentkezés',
    },
    welcome: {
      subject: (company) => `Az Ön fiókja (${company})`,
      preview: (company) => `Mostantól bejelentkezhet a fiókjába (${company}).`,
      intro: (company) =>
        `${withArticle(company)} tanulási platformján fiókja van. A jelszót az ottani rendszergazdától kapja meg; ezzel a címmel jelentkezzen be:`,
      button: 'Bejelentkezés',
    },
  },
  report: {
    subjects: {
      completed: (file) => `${file} importálása: kész`,
      checked: (file) => `${file} próbája: ellenőrizve, semmit sem mentettünk`,
      rejected: (file) => `${file} importálása: elutasítva, semmit sem mentettünk`,
      cancelled: (file) => `${file} importálása: megszakítva`,
      failed: (file) => `${file} importálása: sikertelen`,
    },
    intros: {
      completed: (file) => `${withArticle(file)} importálása elkészült.`,
      checked: (file) =>
        `${withArticle(file)} próbája elkészült. Semmit sem mentettünk, és senki sem kapott e-mailt. Az importálás ezt tenné:`,
      rejected: (file) =>
        `${withArticle(file)} importálását elutasítottuk. Semmit sem mentettünk, és senki sem kapott e-mailt.`,
      cancelled: (file) => `${withArticle(file)} importálását megszakították. Ami addig elkészült, megmarad.`,
      failed: (file) =>
        `${withArticle(file)} importálása nem sikerült, és nem folytatható. Ami addig elkészült, megmarad.`,
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
          `${withArticle(company)} fiókot hozott létre Önnek a tanulási platformján. Az aktiváláshoz válasszon jelszót.`,
        button: 'Fiók aktiválása',
      },
      invitation: {
        title: 'Meghívás elfogadása',
        intro: (company) =>
          `${withArticle(company)} meghívja Önt a tanulási platformjára. A fiók létrehozásához válasszon jelszót.`,
        button: 'Fiók létrehozása',
      },
    },
    account: (email) => `Az Ön fiókja: ${email}`,
    passwordLabel: 'Jelszó',
    passwordRule: (min) =>
      `Legalább ${min} karakter. Bármilyen karakter lehet; több szó együtt erős és könnyen megjegyezhető.`,
    errors: {
      tooShort: (min, found) => `Ez ${found} karakter. Adjon meg legalább ${min} karaktert.`,
      tooLong: (max) => `Legfeljebb ${max} karaktert adjon meg.`,
      common: 'Ez a jelszó azok közé tartozik, amelyekkel először próbálkoznak. Válasszon másikat.',
      personal: 'Olyan jelszót válasszon, amely nem a neve, az e-mail-címe vagy a cége neve.',
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
    show: 'Megjelenítés',
    hide: 'Elrejtés',
    doneTitle: 'A fiókja aktív',
    done: (company) => `A jelszavát elmentettük. Mostantól bejelentkezhet a tanulási platformra (${company}).`,
    usedTitle: 'Ez a fiók már aktív',
    used: 'Már van jelszava. Azzal jelentkezzen be; erre a hivatkozásra nincs többé szükség.',
    platform: 'Tovább a platformra',
    expiredTitle: 'Ez a hivatkozás lejárt',
    expired: (when) => `Lejárt: ${when}. Küldjünk Önnek újat?`,
    endedTitle: 'Van újabb hivatkozás',
    ended: 'Ezt az e-mailt egy újabb váltotta fel. Használja a tőlünk kapott legutóbbi e-mailben lévő hivatkozást.',
    endedRenew: 'Nem találja? Küldhetünk Önnek egy másikat.',
    renewButton: 'Új hivatkozást kérek',
    renewedTitle: 'Nézze meg a bejövő leveleit',
    renewed:
      'Ha ez a hivatkozás jelszóra váró fiókhoz vagy nyitott meghíváshoz tartozik, új e-mail érkezik ugyanarra a címre, mint legutóbb. Ez néhány percig is eltarthat. A régebbi hivatkozások már nem működnek.',
    disabledTitle: 'Ez a fiók le van tiltva',
    disabled: (company) => `Forduljon a rendszergazdához (${company}).`,
    unknownTitle: 'Ezt a hivatkozást nem ismerjük',
    unknown:
      'Nyissa meg újra az e-mailben lévő hivatkozást, vagy másolja ki teljes egészében: lehet, hogy a vége lemaradt.',
    busyTitle: 'Túl sok kérés',
    busy: 'Várjon egy kicsit, és próbálja újra.',
    failedTitle: 'Hiba történt',
    failed: 'A hiba nálunk van, nem a hivatkozásban. Próbálja újra néhány perc múlva.',
  },
}
