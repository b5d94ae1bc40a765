import type { Operation, Schema } from './api-document.ts'

/** Fields of a form that an example shows, where the route has them. */
const SHOWN = [
  ['template', '-F template=onboarding'],
  ['options', `-F 'options={"existing":"update"}'`],
  ['file', '-F file=@people.csv'],
] as const

const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** A request to try in a shell. The key comes from a variable, so that it does not end in the shell's history. */
export function curlOf(
  origin: string,
  method: string,
  path: string,
  { security, requestBody, parameters = [] }: Operation,
  exampleOf: (schema: Schema) => unknown,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"${origin}${filled}"`]
  if (security?.some((way) => 'key' in way)) lines.push('-H "Authorization: Bearer $MUSTER_API_KEY"')
  // The cookies of a sign-in, as `curl -c` keeps them; who sends one must say where from.
  else if (security?.some((way) => 'session' in way)) {
    lines.push('-b cookies.txt', ...(method === 'get' ? [] : [`-H "Origin: ${origin}"`]))
  } else if (path.startsWith('/v1/session')) lines.push('-b cookies.txt -c cookies.txt')
  const content = requestBody?.content ?? {}
  const json = content['application/json']?.schema
  const form = content['multipart/form-data']?.schema
  const fields = content['application/x-www-form-urlencoded']?.schema
  if (form) {
    if (parameters.some(({ name }) => name === 'idempotency-key'))
      lines.push('-H "Idempotency-Key: people-$(date +%F)"')
    lines.push(...SHOWN.filter(([name]) => form.properties?.[name]).map(([, flag]) => flag))
  } else if (fields) {
    const values = Object.entries(exampleOf(fields) as Record<string, unknown>)
    lines.push(...values.map(([name, value]) => `--data-urlencode ${word(`${name}=${value}`)}`))
  } else if (json) {
    lines.push("-H 'Content-Type: application/json'", `-d ${word(JSON.stringify(exampleOf(json)))}`)
  }
  return lines.join(' \\\n  ')
}
