import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Registry } from 'prom-client'

/**
 * Serves `/healthz` while the process is alive, `/readyz` while it polls both queues, and `/metrics` with the metrics of
 * the process and the SDK.
 *
 * @param sdkMetrics address of the SDK's Prometheus exporter
 */
export function serveHealth(
  { host, port }: { host: string; port: number },
  isReady: () => boolean,
  sdkMetrics: string,
): Promise<Server> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'muster_worker_' })
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) =>
      response.writeHead(status, { 'Content-Type': 'text/plain' }).end(text)
    if (request.url === '/healthz') answer(200, 'ok\n')
    else if (request.url === '/readyz') answer(isReady() ? 200 : 503, isReady() ? 'ready\n' : 'not polling yet\n')
    else if (request.url === '/metrics') {
      Promise.all([registry.metrics(), sdkText(sdkMetrics)]).then(
        (texts) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(texts.join('\n')),
        () => answer(500, 'the metrics could not be collected\n'),
      )
    } else answer(404, 'not found\n')
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

async function sdkText(address: string): Promise<string> {
  const response = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(1_000) })
  return response.text()
}
