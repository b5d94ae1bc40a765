import type { Texts } from './en.ts'

export const fr: Texts = {
  mail: {
    greeting: (name) => `Bonjour ${name},`,
    greetingWithoutName: 'Bonjour,',
    messageFrom: (company) => `Message de ${company} :`,
    linkBelow: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
    expires: (when) =>
      `Le lien sert une seule fois et expire le ${when}. Ensuite, sa page vous en proposera un nouveau.`,
    ignore: (company) => `Vous n’attendiez pas cet e-mail ? Ignorez-le, ou demandez à ${company}.`,
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    mustChange: 'À votre première connexion, vous choisirez un nouveau mot de passe, le vôtre.',
    forSomebody: {
      subject: (who, subject) => `Pour ${who} : ${subject}`,
      line: (who) => `Cet e-mail est destiné à ${who}. Merci de le transmettre : il n’a été envoyé à personne d’autre.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Activez votre compte chez ${company}`,
      preview: (company) => `Choisissez un mot de passe pour votre compte chez ${company}.`,
      intro: (company) =>
        `${company} a créé un compte pour vous sur sa plateforme de formation. Pour commencer, choisissez un mot de passe.`,
      button: 'Choisir un mot de passe',
    },
    invitation: {
      subject: (company) => `${company} vous invite sur sa plateforme de formation`,
      preview: (company) => `Acceptez l’invitation de ${company} et choisissez un mot de passe.`,
      intro: (company) =>
        `${company} vous invite sur sa plateforme de formation. Pour accepter, choisissez un mot de passe : votre compte sera alors créé.`,
      button: 'Accepter l’invitation',
    },
    password: {
      subject: (company) => `Votre mot de passe chez ${company}`,
      preview: (company) => `Le mot de passe de votre compte chez ${company}.`,
      intro: (company) =>
        `${company} a attribué un mot de passe à votre compte sur sa plateforme de formation. Connectez-vous avec cette adresse et ce mot de passe :`,
      button: 'Se connecter',
    },
    welcome: {
      subject: (company) => `Votre compte chez ${company}`,
      preview: (company) => `Vous pouvez maintenant vous connecter chez ${company}.`,
      intro: (company) =>
        `${company} a un compte pour vous sur sa plateforme de formation. Son administration vous donnera le mot de passe ; connectez-vous avec cette adresse :`,
      button: 'Se connecter',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Importation de ${file} : terminée`,
      rejected: (file) => `Importation de ${file} : refusée, rien n’a été écrit`,
      cancelled: (file) => `Importation de ${file} : annulée`,
      failed: (file) => `Importation de ${file} : échouée`,
    },
    intros: {
      completed: (file) => `L’importation de ${file} est terminée.`,
      rejected: (file) => `L’importation de ${file} a été refusée. Rien n’a été écrit et personne n’a reçu d’e-mail.`,
      cancelled: (file) => `L’importation de ${file} a été annulée. Ce qui était déjà fait est conservé.`,
      failed: (file) =>
        `L’importation de ${file} a échoué et ne peut pas être reprise. Ce qui était déjà fait est conservé.`,
    },
    reason: 'Motif',
    counts: {
      records: 'Lignes du fichier',
      created: 'Créés',
      invited: 'Invités',
      updated: 'Modifiés',
      skipped: 'Inchangés',
      invalid: 'Avec erreurs',
      assignments: 'Inscriptions aux cours',
      emailsSent: 'E-mails envoyés',
      emailsFailed: 'E-mails refusés',
    },
    button: 'Voir les résultats',
  },
  page: {
    forms: {
      activation: {
        title: 'Choisissez votre mot de passe',
        intro: (company) =>
          `${company} a créé un compte pour vous sur sa plateforme de formation. Choisissez un mot de passe, et il est à vous.`,
        button: 'Activer mon compte',
      },
      invitation: {
        title: 'Acceptez l’invitation',
        intro: (company) =>
          `${company} vous invite sur sa plateforme de formation. Choisissez un mot de passe : votre compte sera alors créé.`,
        button: 'Créer mon compte',
      },
    },
    account: (email) => `Votre compte : ${email}`,
    passwordLabel: 'Mot de passe',
    passwordRule: (min) =>
      `Au moins ${min} caractères. Tout est permis : plusieurs mots sont solides et faciles à retenir.`,
    errors: {
      tooShort: (min, found) => `Nombre de caractères : ${found}. Il en faut au moins ${min}.`,
      tooLong: (max) => `Utilisez au plus ${max} caractères.`,
      common: 'Ce mot de passe est de ceux que l’on devine en premier. Choisissez-en un autre.',
      personal: 'Choisissez un mot de passe qui ne soit ni votre nom, ni votre adresse e-mail, ni votre entreprise.',
    },
    strength: {
      tooShort: 'Trop court',
      tooLong: 'Trop long',
      common: 'Facile à deviner\u00a0: choisissez-en un autre',
      personal: 'Guère plus que votre nom, adresse ou entreprise\u00a0: choisissez-en un autre',
      fair: 'Solidité\u00a0: suffisante',
      good: 'Solidité\u00a0: bonne',
      strong: 'Solidité\u00a0: très bonne',
    },
    show: 'Afficher',
    hide: 'Masquer',
    doneTitle: 'Votre compte est actif',
    done: (company) =>
      `Votre mot de passe est enregistré. Vous pouvez maintenant vous connecter à la plateforme de formation de ${company}.`,
    usedTitle: 'Ce compte est déjà actif',
    used: 'Il a déjà son mot de passe. Connectez-vous avec celui-ci ; ce lien n’est plus utile.',
    platform: 'Aller à la plateforme',
    expiredTitle: 'Ce lien a expiré',
    expired: (when) => `Il a expiré le ${when}. Voulez-vous que nous vous en envoyions un nouveau ?`,
    endedTitle: 'Il existe un lien plus récent',
    ended: 'Un e-mail plus récent a remplacé celui-ci. Utilisez le lien du dernier e-mail que vous avez reçu de nous.',
    endedRenew: 'Vous ne le trouvez pas ? Nous pouvons vous en envoyer un autre.',
    renewButton: 'M’envoyer un nouveau lien',
    renewedTitle: 'Consultez votre boîte de réception',
    renewed:
      'Si ce lien appartient à un compte qui attend son mot de passe ou à une invitation ouverte, un nouvel e-mail est en route vers l’adresse où le dernier a été envoyé. Cela peut prendre quelques minutes. Les anciens liens ne fonctionnent plus.',
    disabledTitle: 'Ce compte est désactivé',
    disabled: (company) => `Adressez-vous à l’administration de ${company}.`,
    unknownTitle: 'Nous ne connaissons pas ce lien',
    unknown: 'Ouvrez de nouveau le lien de l’e-mail ou copiez-le en entier : il a peut-être été coupé.',
    busyTitle: 'Trop de demandes',
    busy: 'Attendez un instant, puis réessayez.',
  },
}
