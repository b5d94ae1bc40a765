import { escapeHtml } from './escape-html.ts'

/** The content of an e-mail, before it is rendered as text and as HTML. All strings are plain text. */
export interface MailContent {
  language: string
  subject: string
  /** The text that an inbox shows next to the subject. */
  preview: string
  /** The name of the company, or of the product when the user has no company. */
  sender: string
  /** Each paragraph may have several lines. */
  paragraphs: string[]
  /** The personal text of an administrator, which is set apart from the rest. */
  quote: { title: string; text: string } | null
  facts: { label: string; value: string }[]
  /** Values that the recipient types or copies exactly. */
  codes: { label: string; value: string }[]
  button: { label: string; href: string }
  linkBelow: string
  /** Small print below the link. */
  notes: string[]
}

/**
 * Renders the text part. It has the same content as the HTML part, with the link on its own line. Lines end in CR LF,
 * because SMTP requires it and a personal text with a lone CR must not differ when the e-mail is sent again.
 */
export function toText(mail: MailContent): string {
  const colon = colonOf(mail.language)
  const blocks = [
    ...mail.paragraphs,
    ...mail.codes.map((code) => `${code.label}${colon}\n${code.value}`),
    ...(mail.quote ? [`${mail.quote.title}\n${indent(mail.quote.text)}`] : []),
    ...(mail.facts.length > 0 ? [mail.facts.map((fact) => `${fact.label}${colon} ${fact.value}`).join('\n')] : []),
    `${mail.button.label}${colon}\n${mail.button.href}`,
    ...mail.notes,
    `-- \n${mail.sender}`,
  ]
  return `${blocks.join('\n\n').replace(/\r\n?|\n/g, '\r\n')}\r\n`
}

/** Returns the colon of a language. French has a non-breaking space before it, and Japanese a full-width colon. */
function colonOf(language: string): string {
  const [base] = language.split('-')
  return base === 'fr' ? '\u00a0:' : base === 'ja' ? '：' : ':'
}

const indent = (text: string): string => text.replace(/^/gm, '> ')

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/**
 * Renders the HTML part. It uses tables and inline styles, because mail clients ignore most other markup, and dark
 * colours for clients that support `prefers-color-scheme`. It loads nothing from a server and tracks nothing.
 */
export function toHtml(mail: MailContent): string {
  const e = escapeHtml
  return `<!doctype html>
<html lang="${e(mail.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${e(mail.subject)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #14181d !important; }
  .card { background-color: #1b2027 !important; border-color: #2f3741 !important; }
  .text { color: #e6eaee !important; }
  .soft { color: #a3afbb !important; }
  .code { background-color: #14181d !important; border-color: #4b5560 !important; color: #e6eaee !important; }
  .quote { border-color: #4b5560 !important; }
  .button { background-color: #4d5a6a !important; }
  .button a { color: #ffffff !important; }
  .link { color: #e6eaee !important; }
}
@media (max-width: 480px) { .cell { padding: 24px 20px !important; } }
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f5f7f8;">
<div style="display:none;max-height:0;overflow:hidden;">${e(mail.preview)}</div>
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f5f7f8" style="background-color:#f5f7f8;">
<tr><td align="center" style="padding:24px 12px;">
<table class="card" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="max-width:560px;background-color:#ffffff;border:1px solid #dfe4e8;border-radius:8px;">
<tr><td class="cell" align="left" style="padding:32px;${FONT};font-size:16px;line-height:24px;">
<p class="soft" style="margin:0 0 20px;font-size:14px;line-height:20px;font-weight:600;color:#566270;">${e(mail.sender)}</p>
${mail.paragraphs.map(paragraph).join('\n')}
${mail.codes.map(code).join('')}${mail.quote ? quote(mail.quote) : ''}${mail.facts.length > 0 ? facts(mail.facts) : ''}${button(mail)}
${mail.notes.map(note).join('\n')}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

const paragraph = (text: string): string => `<p class="text" style="margin:0 0 16px;color:#18202a;">${lines(text)}</p>`

const lines = (text: string): string => escapeHtml(text).replace(/\r\n?|\n/g, '<br>\n')

const note = (text: string): string =>
  `<p class="soft" style="margin:16px 0 0;font-size:14px;line-height:20px;color:#566270;">${escapeHtml(text)}</p>`

function quote(words: { title: string; text: string }): string {
  return `<p class="soft" style="margin:0 0 4px;font-size:14px;line-height:20px;color:#566270;">${escapeHtml(words.title)}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;"><tr>
<td class="quote text" style="border-left:3px solid #c4cbd3;padding:4px 0 4px 14px;color:#18202a;word-break:break-word;">${lines(words.text)}</td>
</tr></table>
`
}

/** Renders a code as one word in a monospaced font. A double click selects all of it, and its letters are distinct. */
function code({ label, value }: { label: string; value: string }): string {
  return `<p class="soft" style="margin:0 0 4px;font-size:14px;line-height:20px;color:#566270;">${escapeHtml(label)}</p>
<p class="code" style="margin:0 0 16px;padding:10px 12px;border:1px solid #c4cbd3;border-radius:6px;background-color:#f5f7f8;color:#18202a;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:15px;line-height:22px;word-break:break-all;">${escapeHtml(value)}</p>
`
}

function facts(list: { label: string; value: string }[]): string {
  const row = (fact: { label: string; value: string }): string => `<tr>
<td class="soft" style="padding:4px 16px 4px 0;color:#566270;">${escapeHtml(fact.label)}</td>
<td class="text" align="right" style="padding:4px 0;color:#18202a;font-weight:600;">${escapeHtml(fact.value)}</td></tr>`
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;font-size:16px;line-height:24px;">
${list.map(row).join('\n')}
</table>
`
}

function button(mail: MailContent): string {
  const href = escapeHtml(mail.button.href)
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0;"><tr>
<td class="button" align="center" bgcolor="#27313d" style="background-color:#27313d;border-radius:6px;">
<a href="${href}" style="display:inline-block;padding:12px 24px;${FONT};font-size:16px;line-height:24px;font-weight:600;color:#ffffff;text-decoration:none;">${escapeHtml(mail.button.label)}</a>
</td></tr></table>
<p class="soft" style="margin:0 0 4px;font-size:14px;line-height:20px;color:#566270;">${escapeHtml(mail.linkBelow)}</p>
<p style="margin:0;font-size:14px;line-height:20px;word-break:break-all;"><a class="link" href="${href}" style="color:#18202a;text-decoration:underline;">${href}</a></p>`
}
