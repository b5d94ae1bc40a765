import { useParams } from 'wouter'
import { Door } from '../../parts/page/door.tsx'
import { Accept } from '../accept/accept.tsx'
import { ForgottenForm } from './forgotten-form.tsx'

/** `/reset/password` asks for a link to a new password; any other address below `/reset/` is such a link. */
export function Reset() {
  const { token } = useParams()
  if (token !== 'password') return <Accept />
  return (
    <Door title="Forgotten password" sentence="It happens. A link to a new one comes by e-mail.">
      <ForgottenForm />
    </Door>
  )
}
