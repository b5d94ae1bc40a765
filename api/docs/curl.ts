import type { Operation, Schema } from './api-document.ts'

/** Form fields of an example. A route's example has those that the route accepts. */
const FORM_FIELDS = [
  ['template', '-F template=onboarding'],
  ['options', `-F 'options={"existing":"update"}'`],
  ['file', '-F file=@people.csv'],
] as const

const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Writes a request as a shell command. The key comes from a variable, to keep it out of the shell's history. */
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
  // The cookies of a sign-in, which `curl -c` saved. Requests that send a cookie need an Origin.
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
    lines.push(...FORM_FIELDS.filter(([name]) => form.properties?.[name]).map(([, flag]) => flag))
  } else if (fields) {
    const values = Object.entries(exampleOf(fields) as Record<string, unknown>)
    lines.push(...values.map(([name, value]) => `--data-urlencode ${word(`${name}=${value}`)}`))
  } else if (json) {
    lines.push("-H 'Content-Type: application/json'", `-d ${word(JSON.stringify(exampleOf(json)))}`)
  }
  return lines.join(' \\\n  ')
}
