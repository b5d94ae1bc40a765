import type { Texts } from './en.ts'

export const es: Texts = {
  mail: {
    greeting: (name) => `Hola, ${name}:`,
    greetingWithoutName: 'Hola:',
    messageFrom: (company) => `Mensaje de ${company}:`,
    linkBelow: 'Si el botón no funciona, copie esta dirección en su navegador:',
    expires: (when) => `El enlace sirve una sola vez y caduca el ${when}. Después, su página le ofrecerá uno nuevo.`,
    ignore: (company) => `¿No esperaba este correo? Ignórelo o pregunte a ${company}.`,
    email: 'Correo electrónico',
    password: 'Contraseña',
    mustChange: 'La primera vez que inicie sesión elegirá una contraseña nueva y propia.',
    forSomebody: {
      subject: (who, subject) => `Para ${who}: ${subject}`,
      line: (who) => `Este correo es para ${who}. Hágaselo llegar, por favor: no se ha enviado a nadie más.`,
    },
  },
  mails: {
    activation: {
      subject: (company) => `Active su cuenta en ${company}`,
      preview: (company) => `Elija una contraseña para su cuenta en ${company}.`,
      intro: (company) =>
        `${company} ha creado una cuenta para usted en su plataforma de formación. Para empezar, elija una contraseña.`,
      button: 'Elegir una contraseña',
    },
    invitation: {
      subject: (company) => `${company} le invita a su plataforma de formación`,
      preview: (company) => `Acepte la invitación de ${company} y elija una contraseña.`,
      intro: (company) =>
        `${company} le invita a su plataforma de formación. Para aceptar, elija una contraseña: con ella se crea su cuenta.`,
      button: 'Aceptar la invitación',
    },
    password: {
      subject: (company) => `Su contraseña en ${company}`,
      preview: (company) => `La contraseña de su cuenta en ${company}.`,
      intro: (company) =>
        `${company} ha asignado una contraseña a su cuenta en su plataforma de formación. Inicie sesión con esta dirección y esta contraseña:`,
      button: 'Iniciar sesión',
    },
    welcome: {
      subject: (company) => `Su cuenta en ${company}`,
      preview: (company) => `Ya puede iniciar sesión en ${company}.`,
      intro: (company) =>
        `${company} tiene una cuenta para usted en su plataforma de formación. La contraseña se la dirá su administración; inicie sesión con esta dirección:`,
      button: 'Iniciar sesión',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Importación de ${file}: terminada`,
      rejected: (file) => `Importación de ${file}: rechazada, no se ha escrito nada`,
      cancelled: (file) => `Importación de ${file}: cancelada`,
      failed: (file) => `Importación de ${file}: fallida`,
    },
    intros: {
      completed: (file) => `La importación de ${file} ha terminado.`,
      rejected: (file) =>
        `La importación de ${file} se ha rechazado. No se ha escrito nada y nadie ha recibido un correo.`,
      cancelled: (file) => `La importación de ${file} se ha cancelado. Lo que ya estaba hecho se conserva.`,
      failed: (file) =>
        `La importación de ${file} ha fallado y no se puede reanudar. Lo que ya estaba hecho se conserva.`,
    },
    reason: 'Motivo',
    counts: {
      records: 'Registros del archivo',
      created: 'Creados',
      invited: 'Invitados',
      updated: 'Modificados',
      skipped: 'Sin cambios',
      invalid: 'Con errores',
      assignments: 'Asignaciones de cursos',
      emailsSent: 'Correos enviados',
      emailsFailed: 'Correos rechazados',
    },
    button: 'Ver los resultados',
  },
  page: {
    forms: {
      activation: {
        title: 'Elija su contraseña',
        intro: (company) =>
          `${company} ha creado una cuenta para usted en su plataforma de formación. Elija una contraseña y será suya.`,
        button: 'Activar mi cuenta',
      },
      invitation: {
        title: 'Acepte la invitación',
        intro: (company) =>
          `${company} le invita a su plataforma de formación. Elija una contraseña: con ella se crea su cuenta.`,
        button: 'Crear mi cuenta',
      },
    },
    account: (email) => `Su cuenta: ${email}`,
    passwordLabel: 'Contraseña',
    passwordRule: (min) =>
      `Al menos ${min} caracteres. Vale cualquiera: varias palabras son seguras y fáciles de recordar.`,
    errors: {
      tooShort: (min, found) => `Tiene ${found} caracteres. Use al menos ${min}.`,
      tooLong: (max) => `Use como máximo ${max} caracteres.`,
      common: 'Esta contraseña es de las que se adivinan primero. Elija otra.',
      personal: 'Elija una contraseña que no sea su nombre, su dirección de correo ni su empresa.',
    },
    strength: {
      tooShort: 'Demasiado corta',
      tooLong: 'Demasiado larga',
      common: 'Fácil de adivinar: elija otra',
      personal: 'Poco más que su nombre, correo o empresa: elija otra',
      fair: 'Seguridad: suficiente',
      good: 'Seguridad: buena',
      strong: 'Seguridad: muy buena',
    },
    show: 'Mostrar',
    hide: 'Ocultar',
    doneTitle: 'Su cuenta está activa',
    done: (company) =>
      `Su contraseña está guardada. Ya puede iniciar sesión en la plataforma de formación de ${company}.`,
    usedTitle: 'Esta cuenta ya está activa',
    used: 'Ya tiene su contraseña. Inicie sesión con ella; este enlace ya no hace falta.',
    platform: 'Ir a la plataforma',
    expiredTitle: 'Este enlace ha caducado',
    expired: (when) => `Caducó el ${when}. ¿Quiere que le enviemos uno nuevo?`,
    endedTitle: 'Hay un enlace más reciente',
    ended: 'Un correo más reciente ha sustituido a este. Use el enlace del último correo que le enviamos.',
    endedRenew: '¿No lo encuentra? Podemos enviarle otro.',
    renewButton: 'Enviarme un enlace nuevo',
    renewedTitle: 'Mire su bandeja de entrada',
    renewed:
      'Si este enlace pertenece a una cuenta que aún espera su contraseña o a una invitación abierta, hay un correo nuevo en camino adonde se envió el último. Puede tardar unos minutos. Los enlaces anteriores ya no funcionan.',
    disabledTitle: 'Esta cuenta está desactivada',
    disabled: (company) => `Consulte con la administración de ${company}.`,
    unknownTitle: 'No conocemos este enlace',
    unknown: 'Abra de nuevo el enlace del correo o cópielo entero: puede que esté cortado.',
    busyTitle: 'Demasiadas peticiones',
    busy: 'Espere un momento e inténtelo de nuevo.',
  },
}
