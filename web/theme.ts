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

const system = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

export const theme = createTheme({
  colors: { ink },
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
