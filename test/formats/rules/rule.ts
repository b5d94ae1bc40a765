/** One rule of FORMATS.md, and where it is tested. */
export interface Rule {
  id: string
  /** The text of the rule, word for word as in the document. */
  text: string
  /** Tests below test/ as `folder/file > title`, without `.test.ts`. The test that goes through HTTP comes first. */
  tests: readonly string[]
  /** Only a page can keep this rule: a test in test/web/ or test/e2e/ must check it. */
  console?: true
}
