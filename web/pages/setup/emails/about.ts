/** The page of e-mail texts, as the overview knows it. */
export const emails = {
  part: 'emails',
  title: 'E-mail texts',
  sentence:
    'The e-mails that people get, as they look in each language. What you write in an import stands in them, too.',
}
