/** The page of e-mail texts, as the overview knows it. */
export const emails = {
  part: 'emails',
  title: 'E-mail texts',
  sentence: 'What the e-mails to people say in each language: Muster’s words or your own, as they will arrive.',
}
