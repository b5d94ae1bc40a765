import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useState } from 'react'
import { createClient } from './api/client.ts'
import { Routes } from './routes.tsx'
import { theme } from './theme.ts'

export function App({ nonce }: { nonce: string }) {
  const [client] = useState(createClient)
  return (
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={client}>
          <Routes />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  )
}
