import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { FormError } from './form-error.tsx'

interface Props {
  /** What the button says, and the one that confirms: `Cancel the import`. */
  name: string
  /** What it does to whom, and whether it can be undone. */
  does: ReactNode
  onConfirm: () => Promise<unknown>
  /** Why it was refused; the question stays open. */
  error?: unknown
  variant?: ButtonProps['variant']
  disabled?: boolean
  /** Where the name is too long for the button: a word of it, on a smaller one. */
  short?: string
}

/** A button for what cannot be taken back: asks once, and says what it does. */
export function ConfirmButton({ name, does, onConfirm, error, variant = 'default', disabled = false, short }: Props) {
  const [asked, question] = useDisclosure()
  const [busy, work] = useDisclosure()
  const confirm = async () => {
    work.open()
    // What went wrong is shown by whoever knows it, through `error`.
    await onConfirm().then(question.close, () => undefined)
    work.close()
  }
  return (
    <>
      <Button
        variant={variant}
        disabled={disabled}
        onClick={question.open}
        {...(short ? { size: 'compact-sm', 'aria-label': name } : {})}
      >
        {short ?? name}
      </Button>
      <Modal
        opened={asked}
        onClose={question.close}
        title={`${name}?`}
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
        // A question over another dialog: two headers would be two banners of one page to a screen reader.
        attributes={{ header: { role: 'presentation' } }}
      >
        <Text mb="lg">{does}</Text>
        <FormError error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={question.close}>
            Keep as it is
          </Button>
          <Button onClick={() => void confirm()} loading={busy} className="named">
            {name}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
