import type { PasswordStrength } from '../../domain/passwords/judge-password.ts'
import { createJudge } from '../strength/judge.ts'

/** What the page gives along (api/emails/pages/activation.ts). */
interface Given {
  /** What others know about whoever the page is for. */
  known: string[]
  words: Record<PasswordStrength, string>
  show: string
  hide: string
}

const TAKEN: ReadonlySet<PasswordStrength> = new Set(['fair', 'good', 'strong'])

const element = <T extends HTMLElement>(id: string): T | null => document.querySelector<T>(`#${id}`)

const form = document.forms[0]
const field = element<HTMLInputElement>('password')
const meter = element('strength')
const word = element('strength-word')
const toggle = element<HTMLButtonElement>('show')
if (form && field && meter && word && toggle) start(form, field, meter, word, toggle)

/** The page works without any of this; it only says earlier what the API would say later. */
function start(
  form: HTMLFormElement,
  field: HTMLInputElement,
  meter: HTMLElement,
  word: HTMLElement,
  toggle: HTMLButtonElement,
): void {
  const { known, words, show, hide } = JSON.parse(meter.dataset.given ?? '') as Given
  let judged: { password: string; strength: PasswordStrength | null } = { password: '', strength: null }
  const judge = createJudge((strength, password) => {
    judged = { password, strength }
    meter.dataset.strength = strength ?? ''
    const said = strength ? words[strength] : ''
    // Said aloud when it changes, not with every letter.
    if (word.textContent !== said) word.textContent = said
  })
  const look = () => judge.ask(field.value, known)

  field.addEventListener('focus', judge.prepare)
  field.addEventListener('input', () => {
    // What was wrong with the last one is not wrong with this one.
    element('fault')?.remove()
    field.setAttribute('aria-invalid', 'false')
    look()
  })
  if (document.activeElement === field) judge.prepare()
  // A browser that comes back to the page may bring along what was typed.
  if (field.value !== '') look()

  const visible = (yes: boolean) => {
    field.type = yes ? 'text' : 'password'
    toggle.textContent = yes ? hide : show
    toggle.setAttribute('aria-pressed', String(yes))
  }
  toggle.hidden = false
  toggle.addEventListener('click', () => {
    visible(field.type === 'password')
    field.focus()
  })
  form.addEventListener('submit', (event) => {
    const { password, strength } = judged
    if (strength && password === field.value && !TAKEN.has(strength)) {
      // The API would say the same and give the field back empty.
      event.preventDefault()
      field.setAttribute('aria-invalid', 'true')
      field.focus()
    } else {
      // So that no browser keeps it among what was typed into other fields.
      visible(false)
    }
  })
}
