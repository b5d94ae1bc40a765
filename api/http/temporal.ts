import { Client, Connection } from '@temporalio/client'
import type { Config } from '../../config/config.ts'

export interface LazyTemporal {
  /** The client; its connection is made by the first call and made again when it breaks. */
  client: () => Promise<Client>
  close: () => Promise<void>
}

/** Milliseconds between tries to connect again. gRPC's own two minutes would keep imports waiting for a server that is back. */
const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 3_000 }

/** A Temporal client that costs nothing and fails nowhere before it is used. */
export function lazyTemporal(config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>): LazyTemporal {
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, channelArgs })
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })
  return { client: async () => client, close: () => connection.close() }
}
