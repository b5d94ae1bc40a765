import { html } from 'hono/html'
import type { FoundLink } from '../../../db/emails/activation.ts'
import { knownWords, MAX_PASSWORD, MIN_PASSWORD, type PasswordFault } from '../../../domain/passwords/password.ts'
import { type Locale, PRODUCT, type Texts } from '../../../domain/texts/index.ts'
import { type Html, page } from './layout.ts'

/** In whose name a link's page speaks. */
const speaker = (link: FoundLink): string => link.company ?? PRODUCT

/** What a page with the form says beside it. */
interface Beside {
  /** What was wrong with the password that was just sent; the password itself never comes back. */
  fault: PasswordFault | null
  /** The address of what shows a password's strength (web/activate/field.ts); null: nothing does. */
  script: string | null
}

export function passwordPage(locale: Locale, link: FoundLink, { fault, script }: Beside): Html {
  const t = locale.texts.page
  const own = t.forms[link.invited ? 'invitation' : 'activation']
  return page(
    locale,
    speaker(link),
    own.title,
    html`<p>${own.intro(speaker(link))}</p>
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

/** Empty until somebody types; the script gets along what it needs, since it may ask for nothing. */
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
  const content = html`<p>${t.done(speaker(link))}</p>
<p>${t.account(link.email)}</p>
${platform(t, signIn)}`
  return page(locale, speaker(link), t.doneTitle, content)
}

export function usedPage(locale: Locale, link: FoundLink, signIn: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.used}</p>${platform(t, signIn)}`
  return page(locale, speaker(link), t.usedTitle, content)
}

/** Where to sign in, as a button and as an address that can be recognised. */
function platform(t: Texts['page'], signIn: string): Html {
  return html`<p><a class="button" href="${signIn}">${t.platform}</a></p><p class="hint">${signIn}</p>`
}

/** `renewAction` is the address that asks for a new link. */
export function expiredPage(locale: Locale, link: FoundLink, renewAction: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.expired(locale.formatTime(link.expiresAt))}</p>${renewForm(locale, renewAction)}`
  return page(locale, speaker(link), t.expiredTitle, content)
}

export function endedPage(locale: Locale, link: FoundLink, renewAction: string): Html {
  const t = locale.texts.page
  const content = html`<p>${t.ended}</p><p>${t.endedRenew}</p>${renewForm(locale, renewAction)}`
  return page(locale, speaker(link), t.endedTitle, content)
}

/** The language goes along, because the answer must not look the link up to find it. */
function renewForm(locale: Locale, action: string): Html {
  return html`<form method="post" action="${action}">
<input type="hidden" name="language" value="${locale.lang}">
<button type="submit">${locale.texts.page.renewButton}</button>
</form>`
}

/** The same for every token, known or not: it tells nobody whether there is such an account. */
export function renewedPage(locale: Locale): Html {
  const t = locale.texts.page
  return page(locale, PRODUCT, t.renewedTitle, html`<p>${t.renewed}</p>`)
}

export function disabledPage(locale: Locale, link: FoundLink): Html {
  const t = locale.texts.page
  return page(locale, speaker(link), t.disabledTitle, html`<p>${t.disabled(speaker(link))}</p>`)
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
