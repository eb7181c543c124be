/** Lower case without accents, so that "Muller" finds "Müller". */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}

/** Whether each word of the question begins a word of the text. */
export function matches(text: string, question: string): boolean {
  const words = folded(text).split(/[\s\-/]+/)
  return folded(question)
    .split(/\s+/)
    .filter(Boolean)
    .every((asked) => words.some((word) => word.startsWith(asked)))
}

/** What is asked for, of "check in nps" as of "nps" alone; an act that is still typed asks for all. */
export function withoutAct(typed: string, act: string): string {
  const verb = folded(act).replace(/[\s:]+$/, '')
  const question = folded(typed).trimStart()
  if (verb.startsWith(question.trimEnd())) return ''
  const rest = question.startsWith(verb) ? question.slice(verb.length) : ''
  // "Checking" is another word.
  return /^[\s:]/.test(rest) ? rest.replace(/^[\s:]+/, '') : typed.trim()
}
