import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import classes from '../resource.module.css'

interface Props {
  title: string
  onClose: () => void
  /** Whether only a button ends it: for what cannot be seen again. */
  stays?: boolean
  children: ReactNode
}

/** What is open over a list; on a phone it is all there is. */
export function Dialog({ title, onClose, stays = false, children }: Props) {
  const small = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const [from] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // To what opened it; where an address did, or its row is gone, to the beginning of the page.
      const known = from instanceof HTMLElement && from !== document.body && from.isConnected
      const target = known ? from : document.querySelector<HTMLElement>('main h1')
      target?.focus({ preventScroll: true })
    },
    [from],
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className={classes.title}>{title}</span>}
      size="lg"
      fullScreen={small}
      centered
      closeOnClickOutside={false}
      closeOnEscape={!stays}
      withCloseButton={!stays}
      closeButtonProps={{ 'aria-label': 'Close' }}
      // The question that is asked over it has a <header>, too, and each would be a banner of the page.
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 0 }}
    >
      {children}
    </Modal>
  )
}
