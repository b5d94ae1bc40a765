import type { Texts } from './en.ts'

/** European Portuguese, which is used for `pt` and for every region without its own texts. */
export const pt: Texts = {
  mail: {
    greeting: (name) => `Olá, ${name},`,
    greetingWithoutName: 'Olá,',
    messageFrom: (company) => `Mensagem de ${company}:`,
    linkBelow: 'Se o botão não funcionar, copie este endereço para o seu navegador:',
    expires: (when) =>
      `A ligação funciona uma só vez e expira a ${when}. Depois disso, pode pedir uma nova na mesma página.`,
    ignore: (company) => `Não esperava este e-mail? Ignore-o ou contacte ${company}.`,
    email: 'Endereço de e-mail',
    password: 'Palavra-passe',
    mustChange: 'No primeiro início de sessão, terá de escolher uma nova palavra-passe.',
    forSomebody: {
      subject: (who, subject) => `Para ${who}: ${subject}`,
      line: (who) => `Este e-mail destina-se a ${who}. Por favor, reencaminhe-o: não foi enviado a mais ninguém.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Ative a sua conta em ${company}`,
      preview: (company) => `Escolha uma palavra-passe para a sua conta em ${company}.`,
      intro: (company) =>
        `${company} criou uma conta para si na sua plataforma de formação. Para começar, escolha uma palavra-passe.`,
      button: 'Escolher uma palavra-passe',
    },
    invitation: {
      subject: (company) => `Convite para a plataforma de formação de ${company}`,
      preview: (company) => `Aceite o convite de ${company} e escolha uma palavra-passe.`,
      intro: (company) =>
        `Recebeu um convite de ${company} para a sua plataforma de formação. Para aceitar, escolha uma palavra-passe; a sua conta será então criada.`,
      button: 'Aceitar o convite',
    },
    password: {
      subject: (company) => `A sua palavra-passe em ${company}`,
      preview: (company) => `A palavra-passe da sua conta em ${company}.`,
      intro: (company) =>
        `${company} definiu uma palavra-passe para a sua conta na plataforma de formação. Inicie sessão com este endereço e esta palavra-passe:`,
      button: 'Iniciar sessão',
    },
    welcome: {
      subject: (company) => `A sua conta em ${company}`,
      preview: (company) => `Já pode iniciar sessão em ${company}.`,
      intro: (company) =>
        `${company} tem uma conta para si na sua plataforma de formação. O administrador irá comunicar-lhe a palavra-passe; inicie sessão com este endereço:`,
      button: 'Iniciar sessão',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Importação de ${file}: concluída`,
      checked: (file) => `Simulação de ${file}: verificada, nada foi gravado`,
      rejected: (file) => `Importação de ${file}: recusada, nada foi gravado`,
      cancelled: (file) => `Importação de ${file}: cancelada`,
      failed: (file) => `Importação de ${file}: falhou`,
    },
    intros: {
      completed: (file) => `A importação de ${file} está concluída.`,
      checked: (file) =>
        `A simulação de ${file} está concluída. Nada foi gravado e ninguém recebeu um e-mail. Eis o que faria uma importação:`,
      rejected: (file) => `A importação de ${file} foi recusada. Nada foi gravado e ninguém recebeu um e-mail.`,
      cancelled: (file) => `A importação de ${file} foi cancelada. O que já estava feito mantém-se.`,
      failed: (file) => `A importação de ${file} falhou e não pode ser retomada. O que já estava feito mantém-se.`,
    },
    reason: 'Motivo',
    counts: {
      records: 'Registos no ficheiro',
      created: 'Criados',
      invited: 'Convidados',
      updated: 'Alterados',
      skipped: 'Sem alterações',
      invalid: 'Com erros',
      assignments: 'Atribuições de cursos',
      emailsSent: 'E-mails enviados',
      emailsFailed: 'E-mails recusados',
    },
    button: 'Ver os resultados',
  },
  page: {
    forms: {
      activation: {
        title: 'Escolha a sua palavra-passe',
        intro: (company) =>
          `${company} criou uma conta para si na sua plataforma de formação. Escolha uma palavra-passe para a ativar.`,
        button: 'Ativar a minha conta',
      },
      invitation: {
        title: 'Aceite o convite',
        intro: (company) =>
          `Recebeu um convite de ${company} para a sua plataforma de formação. Escolha uma palavra-passe para criar a sua conta.`,
        button: 'Criar a minha conta',
      },
    },
    account: (email) => `A sua conta: ${email}`,
    passwordLabel: 'Palavra-passe',
    passwordRule: (min) =>
      `Pelo menos ${min} caracteres. Todos são permitidos; várias palavras são seguras e fáceis de lembrar.`,
    errors: {
      tooShort: (min, found) => `Tem ${found} ${found === 1 ? 'carácter' : 'caracteres'}. Use pelo menos ${min}.`,
      tooLong: (max) => `Use no máximo ${max} caracteres.`,
      common: 'Esta palavra-passe é das primeiras que se experimentam. Escolha outra.',
      personal:
        'Escolha uma palavra-passe que não seja o seu nome, o seu endereço de e-mail nem o nome da sua empresa.',
    },
    strength: {
      tooShort: 'Demasiado curta',
      tooLong: 'Demasiado longa',
      common: 'Fácil de adivinhar: escolha outra',
      personal: 'Pouco mais do que o seu nome, endereço ou empresa: escolha outra',
      fair: 'Segurança: suficiente',
      good: 'Segurança: boa',
      strong: 'Segurança: muito boa',
    },
    show: 'Mostrar',
    hide: 'Ocultar',
    doneTitle: 'A sua conta está ativa',
    done: (company) =>
      `A sua palavra-passe foi guardada. Já pode iniciar sessão na plataforma de formação de ${company}.`,
    usedTitle: 'Esta conta já está ativa',
    used: 'Já tem uma palavra-passe: inicie sessão com ela. Já não precisa desta ligação.',
    platform: 'Ir para a plataforma',
    expiredTitle: 'Esta ligação expirou',
    expired: (when) => `Expirou a ${when}. Quer que lhe enviemos uma nova?`,
    endedTitle: 'Há uma ligação mais recente',
    ended: 'Um e-mail mais recente substituiu este. Use a ligação do último e-mail que recebeu de nós.',
    endedRenew: 'Não o encontra? Podemos enviar-lhe outro.',
    renewButton: 'Enviar-me uma nova ligação',
    renewedTitle: 'Consulte a sua caixa de entrada',
    renewed:
      'Se esta ligação pertencer a uma conta ainda sem palavra-passe ou a um convite em aberto, um novo e-mail está a caminho do mesmo endereço que o anterior. Pode demorar alguns minutos. As ligações anteriores deixam de funcionar.',
    disabledTitle: 'Esta conta está desativada',
    disabled: (company) => `Contacte o administrador de ${company}.`,
    unknownTitle: 'Não conhecemos esta ligação',
    unknown: 'Abra de novo a ligação do e-mail ou copie-a por inteiro: pode ter sido cortada.',
    busyTitle: 'Demasiados pedidos',
    busy: 'Aguarde um momento e tente de novo.',
    failedTitle: 'Ocorreu um erro',
    failed: 'O problema é nosso, não da sua ligação. Tente de novo dentro de alguns minutos.',
  },
}
