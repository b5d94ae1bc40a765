import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { AnyResource } from '../resource.ts'
import { useAdd } from '../use-entries.ts'
import { Dialog } from './dialog.tsx'
import { ResourceForm } from './resource-form.tsx'

/** Adds one. What is seen only once stays until somebody says that they have it. */
export function AddDialog({ resource, onClose }: { resource: AnyResource; onClose: () => void }) {
  const { part, add = '', Made } = resource
  const sending = useAdd(part)
  const [answer, setAnswer] = useState<unknown>(null)
  const send = async (body: Record<string, unknown>) => {
    const made = await sending.add(body)
    if (Made) setAnswer(made)
    else onClose()
  }
  if (Made && answer !== null) {
    return (
      <Dialog title={add} onClose={onClose} stays>
        <Made answer={answer} />
        <Group justify="flex-end" mt="lg">
          <Button onClick={onClose}>I have it</Button>
        </Group>
      </Dialog>
    )
  }
  return (
    <Dialog title={add} onClose={onClose}>
      <ResourceForm resource={resource} send={add} onSend={send} isPending={sending.isPending} error={sending.error} />
    </Dialog>
  )
}
