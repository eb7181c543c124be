/** The three questions that make feedback concrete: when, what exactly, and what came of it. */
export const PARTS = ['situation', 'behaviour', 'impact'] as const
type Part = (typeof PARTS)[number]
export type Parts = Record<Part, string>

export const NO_PARTS: Parts = { situation: '', behaviour: '', impact: '' }

/** What stands between two parts in one text. */
export const PARAGRAPH = '\n\n'

/** What was written in parts, as the paragraphs of one text. */
export function joined(parts: Parts): string {
  return PARTS.map((part) => parts[part].trim())
    .filter(Boolean)
    .join(PARAGRAPH)
}

/** A text that is taken apart again: its first paragraphs, and the rest in the last part. */
export function takenApart(text: string): Parts {
  const [situation = '', behaviour = '', ...rest] = text.trim().split(/\n{2,}/)
  return { situation, behaviour, impact: rest.join(PARAGRAPH) }
}
