import type { ReactNode } from 'react'
import classes from './fields.module.css'

/** Fields that belong together, under their name. */
export function Section({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className={classes.section}>
      <legend>{name}</legend>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  )
}
