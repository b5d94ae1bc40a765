import type { Texts } from './en.ts'

export const es: Texts = {
  mail: {
    greeting: (name) => `Hola, ${name}:`,
    greetingWithoutName: 'Hola:',
    messageFrom: (company) => `Mensaje de ${company}:`,
    linkBelow: 'Si el botón no funciona, copie esta dirección en su navegador:',
    expires: (when) =>
      `El enlace sirve una sola vez y caduca el ${when}. Después, esa misma página le ofrecerá uno nuevo.`,
    ignore: (company) => `¿No esperaba este correo? Ignórelo o consulte con ${company}.`,
    email: 'Correo electrónico',
    password: 'Contraseña',
    mustChange: 'La primera vez que inicie sesión tendrá que elegir una contraseña nueva.',
    forSomebody: {
      subject: (who, subject) => `Para ${who}: ${subject}`,
      line: (who) => `Este correo es para ${who}. Por favor, hágaselo llegar: no se ha enviado a nadie más.`,
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
        `${company} le invita a su plataforma de formación. Para aceptar, elija una contraseña y se creará su cuenta.`,
      button: 'Aceptar la invitación',
    },
    password: {
      subject: (company) => `Su contraseña en ${company}`,
      preview: (company) => `La contraseña de su cuenta en ${company}.`,
      intro: (company) =>
        `${company} ha asignado una contraseña a su cuenta de la plataforma de formación. Inicie sesión con esta dirección y esta contraseña:`,
      button: 'Iniciar sesión',
    },
    welcome: {
      subject: (company) => `Su cuenta en ${company}`,
      preview: (company) => `Ya puede iniciar sesión en ${company}.`,
      intro: (company) =>
        `${company} tiene una cuenta para usted en su plataforma de formación. El administrador le comunicará la contraseña; inicie sesión con esta dirección:`,
      button: 'Iniciar sesión',
    },
  },
  report: {
    subjects: {
      completed: (file) => `Importación de ${file}: terminada`,
      checked: (file) => `Simulación de ${file}: comprobado, no se ha guardado nada`,
      rejected: (file) => `Importación de ${file}: rechazada, no se ha guardado nada`,
      cancelled: (file) => `Importación de ${file}: cancelada`,
      failed: (file) => `Importación de ${file}: ha fallado`,
    },
    intros: {
      completed: (file) => `La importación de ${file} ha terminado.`,
      checked: (file) =>
        `La simulación de ${file} ha terminado. No se ha guardado nada y nadie ha recibido ningún correo. Esto es lo que haría una importación:`,
      rejected: (file) =>
        `La importación de ${file} se ha rechazado. No se ha guardado nada y nadie ha recibido ningún correo.`,
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
          `${company} ha creado una cuenta para usted en su plataforma de formación. Elija una contraseña para activarla.`,
        button: 'Activar mi cuenta',
      },
      invitation: {
        title: 'Acepte la invitación',
        intro: (company) =>
          `${company} le invita a su plataforma de formación. Elija una contraseña para crear su cuenta.`,
        button: 'Crear mi cuenta',
      },
    },
    account: (email) => `Su cuenta: ${email}`,
    passwordLabel: 'Contraseña',
    passwordRule: (min) =>
      `Al menos ${min} caracteres, sin restricciones. Varias palabras seguidas son seguras y fáciles de recordar.`,
    errors: {
      tooShort: (min, found) => `Tiene ${found} ${found === 1 ? 'carácter' : 'caracteres'}. Use al menos ${min}.`,
      tooLong: (max) => `Use como máximo ${max} caracteres.`,
      common: 'Esta contraseña es de las primeras que se prueban. Elija otra.',
      personal: 'Elija una contraseña que no sea su nombre, su dirección de correo ni el nombre de su empresa.',
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
      `Su contraseña se ha guardado. Ya puede iniciar sesión en la plataforma de formación de ${company}.`,
    usedTitle: 'Esta cuenta ya está activa',
    used: 'Ya tiene una contraseña: inicie sesión con ella. Ya no necesita este enlace.',
    platform: 'Ir a la plataforma',
    expiredTitle: 'Este enlace ha caducado',
    expired: (when) => `Caducó el ${when}. ¿Quiere que le enviemos uno nuevo?`,
    endedTitle: 'Hay un enlace más reciente',
    ended: 'Un correo más reciente ha sustituido a este. Use el enlace del último correo que le enviamos.',
    endedRenew: '¿No lo encuentra? Podemos enviarle otro.',
    renewButton: 'Enviarme un enlace nuevo',
    renewedTitle: 'Revise su bandeja de entrada',
    renewed:
      'Si este enlace pertenece a una cuenta que aún no tiene contraseña o a una invitación pendiente, hay un correo nuevo en camino a la misma dirección que el anterior. Puede tardar unos minutos. Los enlaces anteriores ya no funcionan.',
    disabledTitle: 'Esta cuenta está desactivada',
    disabled: (company) => `Póngase en contacto con el administrador de ${company}.`,
    unknownTitle: 'No conocemos este enlace',
    unknown: 'Abra de nuevo el enlace del correo o cópielo entero: puede que esté cortado.',
    busyTitle: 'Demasiadas solicitudes',
    busy: 'Espere un momento e inténtelo de nuevo.',
    failedTitle: 'Algo ha fallado',
    failed: 'El problema es nuestro, no de su enlace. Inténtelo de nuevo dentro de unos minutos.',
  },
}
