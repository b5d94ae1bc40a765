import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** Ink: what can be pressed looks like writing, so that colour is left for states. */
const ink: MantineColorsTuple = [
  '#f3f5f7',
  '#e4e8ec',
  '#cdd4db',
  '#aab5c0',
  '#8794a3',
  '#667485',
  '#4d5a6a',
  '#394553',
  '#27313d',
  '#18202a',
]

/** Mantine's fields and menus in the dark, in the same hue as the page (base.css). */
const dark: MantineColorsTuple = [
  '#e6eaee',
  '#c4cdd6',
  '#a3afbb',
  '#7d8a98',
  '#3a444f',
  '#2f3741',
  '#1f252d',
  '#14181d',
  '#10141a',
  '#0b0e12',
]

const system = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: 'ink',
  // White can be read on both.
  primaryShade: { light: 8, dark: 6 },
  defaultRadius: 'md',
  fontFamily: system,
  headings: { fontFamily: system, fontWeight: '650' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
})
