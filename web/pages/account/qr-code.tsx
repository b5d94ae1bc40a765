import { useMemo } from 'react'
import { encode } from 'uqr'
import classes from './account.module.css'

/** A QR code, drawn here: what it says is a secret and goes nowhere. */
export function QrCode({ text, name }: { text: string; name: string }) {
  const { data, size } = useMemo(() => encode(text, { border: 0 }), [text])
  const dots = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
  return (
    <svg className={classes.code} viewBox={`0 0 ${size} ${size}`} role="img" shapeRendering="crispEdges">
      <title>{name}</title>
      <path d={dots.join('')} fill="#000" />
    </svg>
  )
}
