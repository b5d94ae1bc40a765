import { Component, type ReactNode } from 'react'
import { problemOf } from '../api/problem.ts'
import { ErrorState } from '../parts/states/states-of-a-page.tsx'

interface Props {
  children: ReactNode
}

/** Where a page that stops working ends, and one whose files a newer release has taken away: loading again mends it. */
export class Stopped extends Component<Props, { error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <ErrorState problem={problemOf(this.state.error)} onRetry={() => location.reload()} retry="Load again" alone />
    )
  }
}
