import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below every system's range for outgoing connections (Linux 32768, macOS and Windows 49152). From inside that range, a
 * port could be taken by somebody's outgoing connection while a part is being restarted, and a client that keeps
 * trying a dead server there can connect to itself.
 */
const FIRST = 15_000
const LAST = 32_000

/** Whether somebody could listen on `port` of `host` now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // Without IPv6, listening on `::` fails for another reason, and nobody has taken the port.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(!['EADDRINUSE', 'EACCES'].includes(error.code ?? '')),
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/**
 * A free port of 127.0.0.1, picked at random so that two stacks that start at once hardly ever pick the same.
 *
 * @param taken ports that were handed out and are not in use yet
 */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(FIRST, LAST)
    if (!taken.has(port) && (await isFree(port))) return port
  }
  throw new Error(`No free port was found between ${FIRST} and ${LAST}.`)
}
