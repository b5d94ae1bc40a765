/** `sent` of `total` bytes, as the browser counts them: with what a form adds to its files. */
export type OnSent = (sent: number, total: number) => void

interface Init {
  method: string
  headers: Record<string, string>
  body?: XMLHttpRequestBodyInit
}

/**
 * What `fetch` does, and tells meanwhile how much was sent: `fetch` itself does not say (fetch.spec.whatwg.org, issue
 * 607), so that a file of 50 MB would look like a page that hangs.
 *
 * @throws TypeError when there is no answer, as `fetch` does
 */
export function upload(address: string, { method, headers, body }: Init, onSent: OnSent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open(method, address)
    sending.responseType = 'blob'
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value)
    sending.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded, total))
    sending.upload.addEventListener('load', ({ total }) => onSent(total, total))
    sending.addEventListener('load', () => resolve(answerOf(sending)))
    for (const end of ['error', 'abort', 'timeout']) {
      sending.addEventListener(end, () => reject(new TypeError(`No answer from ${address}: ${end}`)))
    }
    sending.send(body ?? null)
  })
}

function answerOf(sending: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const line of sending.getAllResponseHeaders().trim().split('\r\n')) {
    const at = line.indexOf(': ')
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 2))
  }
  // A blob of nothing is refused where there must be none.
  return new Response(sending.status === 204 ? null : sending.response, { status: sending.status, headers })
}
