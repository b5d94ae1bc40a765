import { html } from 'hono/html'
import type { FoundLink } from '../../../db/emails/activation.ts'
import { knownWords, MAX_PASSWORD, MIN_PASSWORD, type PasswordFault } from '../../../domain/passwords/password.ts'
import { type Locale, PRODUCT, type Texts } from '../../../domain/texts/index.ts'
import { type Html, page } from './layout.ts'

/** The name that a link's page shows as its sender. */
const senderOf = (link: FoundLink): string => link.company ?? PRODUCT

interface FormState {
  /** Why the submitted password was rejected. The page never contains the password itself. */
  fault: PasswordFault | null
  /** The URL of the script that shows a password's strength (web/activate/field.ts). null: no script. */
  script: string | null
}

export function passwordPage(locale: Locale, link: FoundLink, { fault, script }: FormState): Html {
  const t = locale.texts.page
  const own = t.forms[link.invited ? 'invitation' : 'activation']
  return page(
    locale,
    senderOf(link),
    own.title,
    html`<p>${own.intro(senderOf(link))}</p>
<form method="post">
<p class="hint">${t.account(link.email)}</p>
<input type="text" name="username" value="${link.email}" autocomplete="username" hidden>
<label for="password" id="label">${t.passwordLabel}</label>
<p class="hint" id="rule">${t.passwordRule(MIN_PASSWORD)}</p>
<div class="field">
<input id="password" type="password" name="password" autocomplete="new-password" required autofocus
  aria-describedby="rule fault strength-word" aria-invalid="${fault ? 'true' : 'false'}">
${script ? html`<button type="button" class="show" id="show" aria-labelledby="show label" hidden>${t.show}</button>` : ''}
</div>
<div class="verdict">
${fault ? html`<p class="error" id="fault" role="alert">${faultText(t, fault)}</p>` : ''}
${script ? strength(t, link) : ''}
</div>
<button type="submit">${own.button}</button>
</form>`,
    script,
  )
}

/** Empty until the user types. The page contains all data for the script, which may not send requests. */
function strength(t: Texts['page'], link: FoundLink): Html {
  const given = { known: knownWords(link), words: t.strength, show: t.show, hide: t.hide }
  return html`<div class="strength" id="strength" data-strength="" data-given="${JSON.stringify(given)}">
<div class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
<p id="strength-word" role="status"></p>
</div>`
}

function faultText(t: Texts['page'], fault: PasswordFault): string {
  switch (fault.code) {
    case 'tooShort':
      return t.errors.tooShort(MIN_PASSWORD, fault.found)
    case 'tooLong':
      return t.errors.tooLong(MAX_PASSWORD)
    case 'common':
    case 'personal':
      return t.errors[fault.code]
  }
}

export function donePage(locale: Locale, link: FoundLink, signIn: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.done(senderOf(link))}</p>
<p>${t.account(link.email)}</p>
${platform(t, signIn)}`
  return page(locale, senderOf(link), t.doneTitle, content)
}

export function usedPage(locale: Locale, link: FoundLink, signIn: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.used}</p>${platform(t, signIn)}`
  return page(locale, senderOf(link), t.usedTitle, content)
}

/** Shows where to sign in, as a button and as a URL that the user may recognise. */
function platform(t: Texts['page'], signIn: string): Html {
  return html`<p><a class="button" href="${signIn}">${t.platform}</a></p><p class="hint">${signIn}</p>`
}

/** @param renewAction the URL that requests a new link */
export function expiredPage(locale: Locale, link: FoundLink, renewAction: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.expired(locale.formatTime(link.expiresAt))}</p>${renewForm(locale, renewAction)}`
  return page(locale, senderOf(link), t.expiredTitle, content)
}

export function endedPage(locale: Locale, link: FoundLink, renewAction: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.ended}</p><p>${t.endedRenew}</p>${renewForm(locale, renewAction)}`
  return page(locale, senderOf(link), t.endedTitle, content)
}

/** Sends the language with the form, because the response must not depend on whether the link exists. */
function renewForm(locale: Locale, action: string): Html {
  return html`<form method="post" action="${action}">
<input type="hidden" name="language" value="${locale.lang}">
<button type="submit">${locale.texts.page.renewButton}</button>
</form>`
}

/** The same page for every token, so that it does not reveal whether an account exists. */
export function renewedPage(locale: Locale): Html {
  const t = locale.texts.page
  return page(locale, PRODUCT, t.renewedTitle, html`<p>${t.renewed}</p>`)
}

export function disabledPage(locale: Locale, link: FoundLink): Html {
  const t = locale.texts.page
  return page(locale, senderOf(link), t.disabledTitle, html`<p>${t.disabled(senderOf(link))}</p>`)
}

export function unknownPage(locale: Locale): Html {
  const t = locale.texts.page
  return page(locale, PRODUCT, t.unknownTitle, html`<p>${t.unknown}</p>`)
}

export function failedPage(locale: Locale): Html {
  const t = locale.texts.page
  return page(locale, PRODUCT, t.failedTitle, html`<p>${t.failed}</p>`)
}

export function busyPage(locale: Locale): Html {
  const t = locale.texts.page
  return page(locale, PRODUCT, t.busyTitle, html`<p>${t.busy}</p>`)
}
