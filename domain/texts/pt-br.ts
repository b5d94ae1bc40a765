import type { Texts } from './en.ts'

/** Brazilian Portuguese has other words (senha, arquivo, entrar) and forms of address than European Portuguese. */
export const ptBr: Texts = {
  mail: {
    greeting: (name) => `Olá, ${name}!`,
    greetingWithoutName: 'Olá!',
    messageFrom: (company) => `Mensagem de ${company}:`,
    linkBelow: 'Se o botão não funcionar, copie este endereço para o seu navegador:',
    expires: (when) =>
      `O link funciona uma única vez e expira em ${when}. Depois disso, você pode pedir um novo na mesma página.`,
    ignore: (company) => `Você não esperava este e-mail? Ignore-o ou fale com ${company}.`,
    email: 'Endereço de e-mail',
    password: 'Senha',
    mustChange: 'No primeiro acesso, você vai precisar escolher uma nova senha.',
    forSomebody: {
      subject: (who, subject) => `Para ${who}: ${subject}`,
      line: (who) => `Este e-mail é para ${who}. Por favor, encaminhe-o: ele não foi enviado a mais ninguém.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Ative sua conta em ${company}`,
      preview: (company) => `Escolha uma senha para sua conta em ${company}.`,
      intro: (company) =>
        `${company} criou uma conta para você na plataforma de treinamento. Para começar, escolha uma senha.`,
      button: 'Escolher uma senha',
    },
    invitation: {
      subject: (company) => `Convite para a plataforma de treinamento de ${company}`,
      preview: (company) => `Aceite o convite de ${company} e escolha uma senha.`,
      intro: (company) =>
        `Você recebeu um convite de ${company} para a plataforma de treinamento. Para aceitar, escolha uma senha; sua conta será criada em seguida.`,
      button: 'Aceitar o convite',
    },
    password: {
      subject: (company) => `Sua senha em ${company}`,
      preview: (company) => `A senha da sua conta em ${company}.`,
      intro: (company) =>
        `${company} definiu uma senha para a sua conta na plataforma de treinamento. Entre com este endereço e esta senha:`,
      button: 'Entrar',
    },
    welcome: {
      subject: (company) => `Sua conta em ${company}`,
      preview: (company) => `Você já pode entrar na plataforma de ${company}.`,
      intro: (company) =>
        `${company} tem uma conta para você na plataforma de treinamento. O administrador vai informar a senha; entre com este endereço:`,
      button: 'Entrar',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Importação de ${file}: concluída`,
      checked: (file) => `Simulação de ${file}: verificada, nada foi salvo`,
      rejected: (file) => `Importação de ${file}: recusada, nada foi salvo`,
      cancelled: (file) => `Importação de ${file}: cancelada`,
      failed: (file) => `Importação de ${file}: falhou`,
    },
    intros: {
      completed: (file) => `A importação de ${file} foi concluída.`,
      checked: (file) =>
        `A simulação de ${file} foi concluída. Nada foi salvo e ninguém recebeu e-mail. Veja o que uma importação faria:`,
      rejected: (file) => `A importação de ${file} foi recusada. Nada foi salvo e ninguém recebeu e-mail.`,
      cancelled: (file) => `A importação de ${file} foi cancelada. O que já tinha sido feito foi mantido.`,
      failed: (file) =>
        `A importação de ${file} falhou e não pode ser retomada. O que já tinha sido feito foi mantido.`,
    },
    reason: 'Motivo',
    counts: {
      records: 'Registros no arquivo',
      created: 'Criados',
      invited: 'Convidados',
      updated: 'Alterados',
      skipped: 'Sem alterações',
      invalid: 'Com erros',
      assignments: 'Matrículas em cursos',
      emailsSent: 'E-mails enviados',
      emailsFailed: 'E-mails recusados',
    },
    button: 'Ver os resultados',
  },
  page: {
    forms: {
      activation: {
        title: 'Escolha sua senha',
        intro: (company) =>
          `${company} criou uma conta para você na plataforma de treinamento. Escolha uma senha para ativá-la.`,
        button: 'Ativar minha conta',
      },
      invitation: {
        title: 'Aceite o convite',
        intro: (company) =>
          `Você recebeu um convite de ${company} para a plataforma de treinamento. Escolha uma senha para criar sua conta.`,
        button: 'Criar minha conta',
      },
    },
    account: (email) => `Sua conta: ${email}`,
    passwordLabel: 'Senha',
    passwordRule: (min) =>
      `Pelo menos ${min} caracteres de qualquer tipo. Várias palavras são seguras e fáceis de lembrar.`,
    errors: {
      tooShort: (min, found) => `Tem ${found} ${found === 1 ? 'caractere' : 'caracteres'}. Use pelo menos ${min}.`,
      tooLong: (max) => `Use no máximo ${max} caracteres.`,
      common: 'Esta senha é uma das primeiras que seriam testadas. Escolha outra.',
      personal: 'Escolha uma senha que não seja seu nome, seu endereço de e-mail nem o nome da sua empresa.',
    },
    strength: {
      tooShort: 'Muito curta',
      tooLong: 'Longa demais',
      common: 'Fácil de adivinhar: escolha outra',
      personal: 'Pouco mais que seu nome, endereço ou empresa: escolha outra',
      fair: 'Segurança: razoável',
      good: 'Segurança: boa',
      strong: 'Segurança: muito boa',
    },
    show: 'Mostrar',
    hide: 'Ocultar',
    doneTitle: 'Sua conta está ativa',
    done: (company) => `Sua senha foi salva. Você já pode entrar na plataforma de treinamento de ${company}.`,
    usedTitle: 'Esta conta já está ativa',
    used: 'Ela já tem uma senha: entre com essa. Você não precisa mais deste link.',
    platform: 'Ir para a plataforma',
    expiredTitle: 'Este link expirou',
    expired: (when) => `Ele expirou em ${when}. Quer que a gente envie um novo?`,
    endedTitle: 'Há um link mais recente',
    ended: 'Um e-mail mais recente substituiu este. Use o link do último e-mail que você recebeu de nós.',
    endedRenew: 'Não encontrou? Podemos enviar outro.',
    renewButton: 'Receber um novo link',
    renewedTitle: 'Confira sua caixa de entrada',
    renewed:
      'Se este link for de uma conta ainda sem senha ou de um convite em aberto, um novo e-mail está a caminho do mesmo endereço que o anterior. Pode levar alguns minutos. Os links anteriores não funcionam mais.',
    disabledTitle: 'Esta conta está desativada',
    disabled: (company) => `Fale com o administrador de ${company}.`,
    unknownTitle: 'Não reconhecemos este link',
    unknown: 'Abra novamente o link do e-mail ou copie-o por inteiro: ele pode ter sido cortado.',
    busyTitle: 'Muitas solicitações',
    busy: 'Aguarde um instante e tente de novo.',
    failedTitle: 'Algo deu errado',
    failed: 'O problema é nosso, não do seu link. Tente de novo em alguns minutos.',
  },
}
