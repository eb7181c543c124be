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
