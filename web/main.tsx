import '@mantine/core/styles.css'
import './base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { keepFocus } from './parts/page/keep-focus.ts'
import { keepPage } from './parts/page/keep-page.ts'

/** Styles that scripts write carry it; without it the page's policy refuses them (api/console/console.ts). */
const nonce = document.querySelector<HTMLMetaElement>('#nonce')?.nonce ?? ''
// Where Mantine's scroll lock looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce })

keepFocus()
keepPage()
const root = document.querySelector('#root')
if (root) createRoot(root).render(<App nonce={nonce} />)
