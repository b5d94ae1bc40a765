import type { Operation, Schema } from './document.ts'

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
  if (security) lines.push('-H "Authorization: Bearer $MUSTER_API_KEY"')
  const content = requestBody?.content ?? {}
  const json = content['application/json']?.schema
  if (content['multipart/form-data']) {
    if (parameters.some(({ name }) => name === 'idempotency-key')) lines.push('-H "Idempotency-Key: $(uuidgen)"')
    lines.push('-F template=onboarding', `-F 'options={"existing":"update"}'`, '-F file=@people.csv')
  } else if (json) {
    lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(exampleOf(json))}'`)
  }
  return lines.join(' \\\n  ')
}
