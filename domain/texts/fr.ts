import type { Texts } from './en.ts'

/** French has a non-breaking space before colons, semicolons and similar signs, so that none begins a line. */
export const fr: Texts = {
  mail: {
    greeting: (name) => `Bonjour ${name},`,
    greetingWithoutName: 'Bonjour,',
    messageFrom: (company) => `Message de ${company}\u00a0:`,
    linkBelow: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur\u00a0:',
    expires: (when) =>
      `Ce lien ne sert qu’une fois et expire le ${when}. Ensuite, la même page vous permettra d’en demander un nouveau.`,
    ignore: (company) => `Vous n’attendiez pas cet e-mail\u00a0? Ignorez-le ou renseignez-vous auprès de ${company}.`,
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    mustChange: 'À votre première connexion, vous choisirez un nouveau mot de passe personnel.',
    forSomebody: {
      subject: (who, subject) => `Pour ${who}\u00a0: ${subject}`,
      line: (who) =>
        `Cet e-mail est destiné à ${who}. Merci de le transmettre\u00a0: il n’a été envoyé à personne d’autre.`,
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
        `${company} vous invite sur sa plateforme de formation. Pour accepter, choisissez un mot de passe\u00a0: votre compte sera alors créé.`,
      button: 'Accepter l’invitation',
    },
    password: {
      subject: (company) => `Votre mot de passe chez ${company}`,
      preview: (company) => `Le mot de passe de votre compte chez ${company}.`,
      intro: (company) =>
        `${company} a attribué un mot de passe à votre compte sur sa plateforme de formation. Connectez-vous avec cette adresse et ce mot de passe\u00a0:`,
      button: 'Se connecter',
    },
    welcome: {
      subject: (company) => `Votre compte chez ${company}`,
      preview: (company) => `Vous pouvez maintenant vous connecter chez ${company}.`,
      intro: (company) =>
        `Un compte vous attend sur la plateforme de formation de ${company}. L’administrateur vous communiquera le mot de passe\u00a0; connectez-vous avec cette adresse\u00a0:`,
      button: 'Se connecter',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Importation de ${file}\u00a0: terminée`,
      checked: (file) => `Simulation de ${file}\u00a0: vérifié, rien n’a été enregistré`,
      rejected: (file) => `Importation de ${file}\u00a0: refusée, rien n’a été enregistré`,
      cancelled: (file) => `Importation de ${file}\u00a0: annulée`,
      failed: (file) => `Importation de ${file}\u00a0: en échec`,
    },
    intros: {
      completed: (file) => `L’importation de ${file} est terminée.`,
      checked: (file) =>
        `La simulation de ${file} est terminée. Rien n’a été enregistré et personne n’a reçu d’e-mail. Voici ce que ferait une importation\u00a0:`,
      rejected: (file) =>
        `L’importation de ${file} a été refusée. Rien n’a été enregistré et personne n’a reçu d’e-mail.`,
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
          `${company} a créé un compte pour vous sur sa plateforme de formation. Choisissez un mot de passe pour l’activer.`,
        button: 'Activer mon compte',
      },
      invitation: {
        title: 'Acceptez l’invitation',
        intro: (company) =>
          `${company} vous invite sur sa plateforme de formation. Choisissez un mot de passe\u00a0: votre compte sera alors créé.`,
        button: 'Créer mon compte',
      },
    },
    account: (email) => `Votre compte\u00a0: ${email}`,
    passwordLabel: 'Mot de passe',
    passwordRule: (min) =>
      `Au moins ${min} caractères, tous sont permis. Plusieurs mots à la suite sont sûrs et faciles à retenir.`,
    errors: {
      tooShort: (min, found) => `Nombre de caractères\u00a0: ${found}. Il en faut au moins ${min}.`,
      tooLong: (max) => `Utilisez au plus ${max} caractères.`,
      common: 'Ce mot de passe est de ceux que l’on essaie en premier. Choisissez-en un autre.',
      personal:
        'Choisissez un mot de passe qui ne soit ni votre nom, ni votre adresse e-mail, ni le nom de votre entreprise.',
    },
    strength: {
      tooShort: 'Trop court',
      tooLong: 'Trop long',
      common: 'Facile à deviner\u00a0: choisissez-en un autre',
      personal: 'Guère plus que votre nom, adresse ou entreprise\u00a0: choisissez-en un autre',
      fair: 'Robustesse\u00a0: suffisante',
      good: 'Robustesse\u00a0: bonne',
      strong: 'Robustesse\u00a0: très bonne',
    },
    show: 'Afficher',
    hide: 'Masquer',
    doneTitle: 'Votre compte est actif',
    done: (company) =>
      `Votre mot de passe est enregistré. Vous pouvez maintenant vous connecter à la plateforme de formation de ${company}.`,
    usedTitle: 'Ce compte est déjà actif',
    used: 'Il a déjà un mot de passe\u00a0: connectez-vous avec celui-ci. Vous n’avez plus besoin de ce lien.',
    platform: 'Accéder à la plateforme',
    expiredTitle: 'Ce lien a expiré',
    expired: (when) => `Il a expiré le ${when}. Voulez-vous que nous vous en envoyions un nouveau\u00a0?`,
    endedTitle: 'Il existe un lien plus récent',
    ended: 'Un e-mail plus récent a remplacé celui-ci. Utilisez le lien du dernier e-mail que vous avez reçu de nous.',
    endedRenew: 'Vous ne le trouvez pas\u00a0? Nous pouvons vous en envoyer un autre.',
    renewButton: 'M’envoyer un nouveau lien',
    renewedTitle: 'Consultez votre boîte de réception',
    renewed:
      'Si ce lien correspond à un compte sans mot de passe ou à une invitation en attente, un nouvel e-mail est en route vers la même adresse que le précédent. Cela peut prendre quelques minutes. Les anciens liens ne fonctionnent plus.',
    disabledTitle: 'Ce compte est désactivé',
    disabled: (company) => `Adressez-vous à l’administrateur de ${company}.`,
    unknownTitle: 'Nous ne connaissons pas ce lien',
    unknown: 'Ouvrez de nouveau le lien de l’e-mail ou copiez-le en entier\u00a0: il a peut-être été coupé.',
    busyTitle: 'Trop de demandes',
    busy: 'Attendez un instant, puis réessayez.',
    failedTitle: 'Une erreur s’est produite',
    failed: 'Elle vient de chez nous, pas de votre lien. Réessayez dans quelques minutes.',
  },
}
