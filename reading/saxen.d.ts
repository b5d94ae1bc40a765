/** The part of saxen 11 that we use; the package comes without types. */
declare module 'saxen' {
  export class Parser {
    on(
      event: 'openTag',
      handler: (
        name: string,
        attributes: () => Record<string, string>,
        decodeEntities: (text: string) => string,
        selfClosing: boolean,
      ) => void,
    ): this
    on(event: 'closeTag', handler: (name: string) => void): this
    on(event: 'text' | 'cdata' | 'attention', handler: (text: string) => void): this
    on(event: 'error', handler: (error: Error) => void): this
    /** Parses a chunk, cut anywhere; an unfinished token is kept for the next. */
    write(xml: string): this
    /** Parses what is left. */
    end(): Error | null
    /** Ignores the rest of what was written. */
    stop(): void
  }
}
