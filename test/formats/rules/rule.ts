/** One rule of FORMATS.md, and where it is tested. */
export interface Rule {
  id: string
  /** The words of the rule, as they stand in the document. */
  text: string
  /** `folder/file > title` of tests below test/, without `.test.ts`; the one that goes through HTTP first. */
  tests: readonly string[]
  /** Only a page can keep it: what names it is a test of the console, in test/web/ or test/e2e/. */
  console?: true
}
