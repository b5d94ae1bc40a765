import { problemOf } from '../../api/problem.ts'
import classes from './form-error.module.css'

/** Why a form was not taken, above its button; nothing while there is no error. */
export function FormError({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className={classes.error}>
      {problemOf(error).detail}
    </p>
  )
}
